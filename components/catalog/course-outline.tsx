import { Eye, Text } from "lucide-react";
import { Accordion, AccordionItem, OutlineRow } from "@/components/ui/accordion";
import { Badge } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { formatCount, formatDuration } from "@/lib/catalog/format-duration";
import type { CoursePage } from "@/lib/catalog/queries";

/** Chapters and lessons; what can be read before buying is a link. */
export function CourseOutline({ course }: { readonly course: CoursePage }) {
  return (
    <Accordion>
      {course.outline.map((chapter, index) => (
        <AccordionItem
          key={chapter.title}
          number={index + 1}
          title={chapter.title}
          meta={`${formatCount(chapter.lessons.length, "lesson")} · ${formatDuration(chapter.minutes)}`}
          open={index === 0}
        >
          <ul>
            {chapter.lessons.map((lesson) => (
              <OutlineRow key={lesson.slug} icon={<Text />} end={formatDuration(lesson.minutes)}>
                {lesson.freePreview ? (
                  <>
                    <Link href={`/learn/${course.slug}/${lesson.slug}`} prefetch={false}>
                      {lesson.title}
                    </Link>
                    <Badge tone="accent" icon={<Eye />} className="my-1.5">
                      Free preview
                    </Badge>
                  </>
                ) : (
                  lesson.title
                )}
              </OutlineRow>
            ))}
          </ul>
        </AccordionItem>
      ))}
    </Accordion>
  );
}
