import type { EnrollmentWelcome } from "../schema";
import { LetterPaper, Paragraph, PressLink, type Shop, TextLink } from "./letter";

export const enrollmentWelcomeSubject = (course: EnrollmentWelcome) => `You are enrolled: ${course.title}`;

/** Sent when somebody joins a free course. */
export function EnrollmentWelcomeLetter({
  course,
  shop,
}: {
  readonly course: EnrollmentWelcome;
  readonly shop: Shop;
}) {
  return (
    <LetterPaper
      shop={shop}
      preview="The course is free and all of it is open."
      heading={`Welcome to ${course.title}`}
    >
      <Paragraph>Hello {course.name},</Paragraph>
      <Paragraph>
        You are enrolled in {course.title}. The course is free and all of it is open. Your progress is kept in{" "}
        <TextLink href={`${shop.url}/account/courses`}>your courses</TextLink>.
      </Paragraph>
      <PressLink href={`${shop.url}/learn/${course.slug}`}>Start learning</PressLink>
    </LetterPaper>
  );
}
