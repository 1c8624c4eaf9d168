import type { Metadata } from "next";
import { PageHead } from "@/components/layout/page";
import {
  ActiveCourses,
  ByLanguage,
  ContinueCard,
  NextSteps,
  RecentlyFinished,
} from "@/components/progress/dashboard";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Stat, Stats } from "@/components/ui/stats";
import { formatDuration } from "@/lib/catalog/format-duration";
import { listMyCourses, type MyCourse } from "@/lib/enrollments/queries";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requireViewer } from "@/lib/identity/session";
import { dayIn } from "@/lib/identity/zone";
import { listActivity, listRecentlyFinished } from "@/lib/progress/queries";
import { type ActivityDay, addDays, countStreak, weekdayOf } from "@/lib/progress/streak";
import { suggest } from "@/lib/progress/suggest";
import { sumByType } from "@/lib/progress/sum-by-type";

export const metadata: Metadata = { title: "Overview" };

const SHOWN_COURSES = 4;
const SHOWN_FINISHED = 5;

/** The learner's home: where to go on, how it goes, what was done. */
export default async function OverviewPage() {
  const viewer = await requireViewer("/account");
  const { zone } = await readReaderZone(viewer);
  const [courses, days, finished] = await Promise.all([
    listMyCourses(viewer.userId),
    listActivity(viewer.userId, zone),
    listRecentlyFinished(viewer.userId, SHOWN_FINISHED),
  ]);
  const mine = courses.filter((course) => course.state !== "ended");
  const active = mine.filter((course) => course.state === "active");
  return (
    <>
      <PageHead title={`Hello, ${viewer.name.split(/\s+/)[0]}`} />
      {active[0] ? <ContinueCard course={active[0]} /> : <NothingOpen hasCourses={mine.length > 0} />}
      <Figures courses={mine} days={days} today={dayIn(zone, new Date())} />
      <div className="mt-8 grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.15fr)_minmax(0,1fr)]">
        <div>
          {active.length > 0 ? <ActiveCourses courses={active.slice(0, SHOWN_COURSES)} /> : null}
          <NextSteps steps={suggest(mine)} />
        </div>
        <div>
          {mine.length > 0 ? <ByLanguage types={sumByType(mine)} /> : null}
          <RecentlyFinished finished={finished} />
        </div>
      </div>
    </>
  );
}

type FiguresProps = {
  readonly courses: readonly MyCourse[];
  readonly days: readonly ActivityDay[];
  readonly today: string;
};

function Figures({ courses, days, today }: FiguresProps) {
  const monday = addDays(today, -weekdayOf(today));
  const week = days.filter((day) => day.day >= monday);
  const minutes = (some: readonly ActivityDay[]) =>
    formatDuration(Math.round(some.reduce((sum, day) => sum + day.seconds, 0) / 60));
  const streak = countStreak(days, today);
  const completed = courses.filter((course) => course.state === "completed").length;
  const certificates = courses.filter((course) => course.certificateId !== null).length;
  const inProgress = courses.filter((course) => course.status === "in_progress").length;
  return (
    <Stats>
      <Stat label="Time learned" value={minutes(days)} note={`${minutes(week)} this week`} />
      <Stat label="Courses" value={courses.length} note={`${inProgress} in progress`} />
      <Stat
        label="Completed"
        value={completed}
        note={`${certificates} ${certificates === 1 ? "certificate" : "certificates"}`}
      />
      <Stat
        label="Streak"
        value={`${streak.current} ${streak.current === 1 ? "day" : "days"}`}
        note={`longest ${streak.longest}`}
      />
    </Stats>
  );
}

function NothingOpen({ hasCourses }: { readonly hasCourses: boolean }) {
  return (
    <Panel dashed className="mb-8">
      <EmptyState
        title={hasCourses ? "You have completed all your courses" : "No courses yet"}
        figure={<OpenBook />}
        action={
          <ButtonLink href="/courses" variant="primary">
            Browse the courses
          </ButtonLink>
        }
      >
        {hasCourses
          ? "Every lesson stays open to read again. Here is what could come next."
          : "Courses you buy or join for free appear here, with your place in them. The first lesson of most courses can be read before buying."}
      </EmptyState>
    </Panel>
  );
}
