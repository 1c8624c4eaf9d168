import type { Metadata } from "next";
import { PageHead } from "@/components/layout/page";
import { HeatMap, WeekChart } from "@/components/progress/activity-charts";
import { CourseTable, TopicTable, TypeTable } from "@/components/progress/course-charts";
import { RangeFilter } from "@/components/progress/range-filter";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Stat, Stats } from "@/components/ui/stats";
import { formatDuration } from "@/lib/catalog/format-duration";
import { listMyCourses } from "@/lib/enrollments/queries";
import { readReaderZone } from "@/lib/identity/reader-zone";
import { requireViewer } from "@/lib/identity/session";
import { dayIn } from "@/lib/identity/zone";
import { PROGRESS_RULE } from "@/lib/learning/course-progress";
import { RANGE_NAMES, readRange } from "@/lib/progress/date-range";
import { listActivity, listCourseSeconds, listTopics } from "@/lib/progress/queries";
import { type ActivityDay, countStreak, fillDays, STREAK_RULE } from "@/lib/progress/streak";
import { sumByType } from "@/lib/progress/sum-by-type";

export const metadata: Metadata = { title: "Progress" };

/** How the learning goes: by day, week, course, language and topic, in the reader's own calendar. */
export default async function ProgressPage({ searchParams }: PageProps<"/account/progress">) {
  const sent = await searchParams;
  const viewer = await requireViewer(addressOf(sent));
  const { zone } = await readReaderZone(viewer);
  const [activity, courses, topics, seconds] = await Promise.all([
    listActivity(viewer.userId, zone),
    listMyCourses(viewer.userId),
    listTopics(viewer.userId),
    listCourseSeconds(viewer.userId),
  ]);
  const mine = courses.filter((course) => course.state !== "ended");
  if (mine.length === 0 && activity.length === 0) return <NothingYet />;
  const today = dayIn(zone, new Date());
  const asked = readRange(sent, today);
  const days = fillDays(activity, asked.period.from, asked.period.to);
  const note = asked.preset ? RANGE_NAMES[asked.preset].toLowerCase() : "in these days";
  return (
    <>
      <PageHead title="Progress" lead={`Days are counted in ${zone.replaceAll("_", " ")}.`} />
      <RangeFilter asked={asked} today={today} />
      <div className="mt-6">
        <Figures days={days} all={activity} today={today} note={note} />
      </div>
      <HeatMap days={days} />
      <WeekChart days={days} />
      <CourseTable courses={mine} seconds={seconds} />
      <TypeTable types={sumByType(mine)} />
      <TopicTable topics={topics} />
      <Rules />
    </>
  );
}

/** To come back to after signing in: nothing but what this page reads. */
function addressOf(sent: Readonly<Record<string, string | string[] | undefined>>): string {
  const asked = ["range", "from", "to"].flatMap((name) => {
    const value = sent[name];
    return typeof value === "string" ? [[name, value.slice(0, 40)]] : [];
  });
  return asked.length > 0 ? `/account/progress?${new URLSearchParams(asked)}` : "/account/progress";
}

type FiguresProps = {
  readonly days: readonly ActivityDay[];
  readonly all: readonly ActivityDay[];
  readonly today: string;
  /** Which days these are, in words. */
  readonly note: string;
};

function Figures({ days, all, today, note }: FiguresProps) {
  const sum = (pick: (day: ActivityDay) => number) => days.reduce((total, day) => total + pick(day), 0);
  const streak = countStreak(all, today);
  return (
    <Stats>
      <Stat
        label="Time learned"
        value={formatDuration(Math.round(sum((day) => day.seconds) / 60))}
        note={note}
      />
      <Stat label="Lessons completed" value={sum((day) => day.lessons)} note={note} />
      <Stat label="Exercises passed" value={sum((day) => day.exercises)} note={note} />
      <Stat
        label="Streak"
        value={`${streak.current} ${streak.current === 1 ? "day" : "days"}`}
        note={`longest ${streak.longest}`}
      />
    </Stats>
  );
}

function Rules() {
  return (
    <section
      aria-labelledby="rules"
      className="mt-10 max-w-prose border-t border-hairline pt-6 text-sm text-ink-soft"
    >
      <h2 id="rules" className="text-lg text-ink">
        How this is counted
      </h2>
      <p className="mt-2">{PROGRESS_RULE}</p>
      <p className="mt-2">{STREAK_RULE}</p>
      <p className="mt-2">
        Time runs while a lesson is open and visible, in steps of half a minute; two open tabs count once.
      </p>
    </section>
  );
}

function NothingYet() {
  return (
    <>
      <PageHead title="Progress" />
      <Panel dashed>
        <EmptyState
          title="Nothing to count yet"
          figure={<OpenBook />}
          action={
            <ButtonLink href="/courses" variant="primary">
              Browse the courses
            </ButtonLink>
          }
        >
          Once you have a course, each day you learn appears here, with what you completed.
        </EmptyState>
      </Panel>
    </>
  );
}
