import type { EnrollmentWelcome } from "../schema";
import { LetterPaper, Paragraph, PressLink, type Shop, TextLink } from "./letter";

type Course = EnrollmentWelcome["courses"][number];

export function enrollmentWelcomeSubject({ courses }: EnrollmentWelcome): string {
  const [first, ...others] = courses;
  return `You are enrolled: ${first?.title}${others.length > 0 ? ` and ${others.length} more` : ""}`;
}

/** Sent when somebody joins a free course, and with an order for its courses: where each begins. */
export function EnrollmentWelcomeLetter({
  welcome,
  shop,
}: {
  readonly welcome: EnrollmentWelcome;
  readonly shop: Shop;
}) {
  const [first, ...others] = welcome.courses;
  const open = welcome.isFree ? "The course is free and all of it is open." : "All of it is open to you.";
  const library = <TextLink href={`${shop.url}/account/courses`}>your courses</TextLink>;
  return (
    <LetterPaper
      shop={shop}
      preview={open}
      heading={others.length > 0 ? "Welcome to your courses" : `Welcome to ${first?.title}`}
    >
      <Paragraph>Hello {welcome.name},</Paragraph>
      {others.length > 0 ? (
        <>
          <Paragraph>
            You are enrolled in {welcome.courses.length} courses. This is where each begins:
          </Paragraph>
          {welcome.courses.map((course) => (
            <Paragraph key={course.slug}>
              {course.title}: <TextLink href={startOf(course, shop)}>{lessonOf(course)}</TextLink>
            </Paragraph>
          ))}
          <Paragraph>Your progress is kept in {library}.</Paragraph>
        </>
      ) : (
        <>
          <Paragraph>
            You are enrolled in {first?.title}. {open} Your progress is kept in {library}.
          </Paragraph>
          {first?.firstLesson ? <Paragraph>It begins with “{first.firstLesson.title}”.</Paragraph> : null}
        </>
      )}
      {first ? <PressLink href={startOf(first, shop)}>Start learning</PressLink> : null}
    </LetterPaper>
  );
}

const lessonOf = ({ firstLesson }: Course) => firstLesson?.title ?? "the first lesson";

function startOf({ slug, firstLesson }: Course, shop: Shop): string {
  const course = `${shop.url}/learn/${slug}`;
  return firstLesson ? `${course}/${firstLesson.slug}` : course;
}
