import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { after } from "next/server";
import { CheckYourself } from "@/components/exercises/check-yourself";
import { CourseOffer } from "@/components/learning/course-offer";
import { LessonEnd } from "@/components/learning/lesson-end";
import { LessonFrame, neighboursOf } from "@/components/learning/lesson-frame";
import { LessonPulse } from "@/components/learning/lesson-pulse";
import { LessonReview } from "@/components/learning/lesson-review";
import { LessonTasks } from "@/components/learning/lesson-tasks";
import { LessonText } from "@/components/learning/lesson-text";
import { LessonNote } from "@/components/notes/lesson-note";
import { COPY_HEADER } from "@/components/offline/caches";
import { KeepLesson } from "@/components/offline/keep-lesson";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { slug } from "@/lib/catalog/schema";
import { env } from "@/lib/env";
import { accountName } from "@/lib/exercises/account-name";
import { findLastQuizAttempt, type LastQuizAttempt } from "@/lib/exercises/queries";
import { findViewer } from "@/lib/identity/session";
import type { OpenLesson } from "@/lib/learning/lesson";
import { touchLesson } from "@/lib/learning/mutations";
import { findLesson } from "@/lib/learning/queries";
import { settleCompletion } from "@/lib/progress/mutations";

const isAddress = (...names: readonly string[]) => names.every((name) => slug.safeParse(name).success);

/** The title is drawn with the lesson: a promise of its own would be worked out after it (decision 0082). */
export const metadata: Metadata = { title: { absolute: "" }, robots: { index: false } };

/** A lesson: open for those who may read it, its outline and an offer for everybody else. */
export default async function LessonPage({ params }: PageProps<"/learn/[course]/[lesson]">) {
  const address = await params;
  if (!isAddress(address.course, address.lesson)) notFound();
  const viewer = await findViewer();
  const [lesson, quiz] = await Promise.all([
    findLesson(viewer, address.course, address.lesson),
    viewer ? findLastQuizAttempt(viewer, address.course, address.lesson) : null,
  ]);
  if (!lesson) notFound();
  const asked = await headers();
  const isCopy = asked.has(COPY_HEADER);
  if (viewer && lesson.access === "open" && lesson.progress) {
    const isUnsettled = lesson.progress.isCompleted && lesson.certificateId === null;
    after(async () => {
      if (!isCopy) await touchLesson(viewer.userId, lesson.course.slug, lesson.slug);
      if (isUnsettled) await settleCompletion(viewer.userId, lesson.course.slug);
    });
  }
  const lastQuiz = lesson.access === "open" && lesson.progress ? quiz : null;
  return (
    <LessonFrame lesson={lesson}>
      <title>{`${lesson.title}, ${lesson.course.title} · ${env().STORE_NAME}`}</title>
      <article>
        <p className="text-sm font-medium text-ink-soft">
          Chapter {lesson.chapter.number}, {lesson.chapter.title} · {lesson.minutes} min
        </p>
        <h1 className="mt-2 mb-6 max-w-prose lg:text-3xl">{lesson.title}</h1>
        {lesson.access === "locked" ? (
          <>
            <p className="mb-8 max-w-prose text-lg leading-normal text-ink-soft">{lesson.summary}</p>
            <CourseOffer lesson={lesson} isSignedIn={viewer !== null} />
          </>
        ) : (
          <OpenLessonBody
            lesson={lesson}
            account={viewer ? accountName(viewer.userId) : null}
            lastQuiz={lastQuiz}
            isDocument={isCopy || asked.get("sec-fetch-mode") === "navigate"}
          />
        )}
      </article>
      <KeepLesson
        // Bought from this very page, it is kept anew.
        key={lesson.access === "open" && lesson.progress ? "keep-seat" : "keep-preview"}
        account={viewer ? accountName(viewer.userId) : null}
        isBuilt={env().NODE_ENV === "production"}
        path={`/learn/${address.course}/${address.lesson}`}
        isOpen={lesson.access === "open"}
        coursePaths={lesson.access === "open" && lesson.progress ? listPaths(lesson) : undefined}
      />
    </LessonFrame>
  );
}

const listPaths = ({ course, outline }: OpenLesson) =>
  outline.flatMap((chapter) => chapter.lessons.map((entry) => `/learn/${course.slug}/${entry.slug}`));

type BodyProps = {
  readonly lesson: OpenLesson;
  /** Names the reader in their browser; null for a guest. */
  readonly account: string | null;
  readonly lastQuiz: LastQuizAttempt | null;
  /** Whether a browser opens it as a document, now or later; one that says nothing may be changing its page. */
  readonly isDocument: boolean;
};

function OpenLessonBody({ lesson, account, lastQuiz, isDocument }: BodyProps) {
  const { course, progress } = lesson;
  return (
    <>
      <LessonText lesson={lesson} isDocument={isDocument} />
      <LessonTasks course={course.slug} lesson={lesson.slug} tasks={lesson.tasks} />
      <CheckYourself course={course.slug} lesson={lesson.slug} questions={lesson.quiz} last={lastQuiz} />
      {lesson.reviewed ? <LessonReview reviewed={lesson.reviewed} /> : null}
      {progress?.isCompleted ? <CourseCompleted lesson={lesson} /> : null}
      {progress && account ? (
        <LessonNote
          key={`note-${lesson.slug}`}
          account={account}
          course={course.slug}
          lesson={lesson.slug}
          note={lesson.note}
        />
      ) : null}
      <LessonEnd
        {...neighboursOf(lesson)}
        completion={
          progress && account
            ? { account, course: course.slug, lesson: lesson.slug, isCompleted: lesson.isCompleted }
            : null
        }
      />
      {progress ? (
        <LessonPulse
          key={`pulse-${lesson.slug}`}
          course={course.slug}
          lesson={lesson.slug}
          leftAt={lesson.scrolled}
        />
      ) : null}
      {lesson.isPreview && !progress ? (
        <div className="mt-8">
          <CourseOffer lesson={lesson} isSignedIn={account !== null} />
        </div>
      ) : null}
    </>
  );
}

function CourseCompleted({ lesson }: { readonly lesson: OpenLesson }) {
  const { course, certificateId } = lesson;
  return (
    <Notice tone="success" title={`You have completed ${course.title}.`} className="mt-12">
      <p>Every lesson stays open for you to read again.</p>
      {certificateId ? (
        <p>
          <Link href={`/certificates/${certificateId}`} prefetch={false}>
            See your certificate
          </Link>
        </p>
      ) : null}
    </Notice>
  );
}
