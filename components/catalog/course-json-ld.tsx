import { COURSE_LEVEL_NAMES } from "@/lib/catalog/course-kinds";
import type { CourseCard, CoursePage } from "@/lib/catalog/queries";
import { env } from "@/lib/env";
import { currencyExponent } from "@/lib/money";
import { withoutMarks } from "./inline-code";
import { JsonLd } from "./json-ld";

const CONTEXT = "https://schema.org";

/** `4900` cents → `49.00`, as schema.org wants a price. */
function decimalPrice({ priceAmount, currency }: CourseCard): string {
  const digits = currencyExponent(currency);
  return (priceAmount / 10 ** digits).toFixed(digits);
}

/** Tells search engines what the course is and costs. Source: schema.org/Course, schema.org/Offer. */
export function CourseJsonLd({ course }: { readonly course: CoursePage }) {
  const { APP_URL, STORE_NAME } = env();
  const url = `${APP_URL}/courses/${course.slug}`;
  const data = {
    "@context": CONTEXT,
    "@type": "Course",
    "@id": url,
    url,
    name: course.title,
    description: withoutMarks(course.summary),
    inLanguage: "en",
    educationalLevel: COURSE_LEVEL_NAMES[course.level],
    teaches: course.outcomes.map(withoutMarks),
    dateModified: course.updatedAt.toISOString(),
    provider: { "@type": "Organization", name: STORE_NAME, url: APP_URL },
    offers: {
      "@type": "Offer",
      url,
      category: course.priceAmount === 0 ? "Free" : "Paid",
      price: decimalPrice(course),
      priceCurrency: course.currency.toUpperCase(),
      availability: `${CONTEXT}/InStock`,
    },
    hasCourseInstance: {
      "@type": "CourseInstance",
      courseMode: "Online",
      courseWorkload: `PT${Math.floor(course.minutes / 60)}H${course.minutes % 60}M`,
    },
  };
  return <JsonLd data={data} />;
}

/** The shelf as a list of links to its courses. */
export function CoursesJsonLd({ courses }: { readonly courses: readonly CourseCard[] }) {
  const { APP_URL } = env();
  const data = {
    "@context": CONTEXT,
    "@type": "ItemList",
    itemListElement: courses.map((course, index) => ({
      "@type": "ListItem",
      position: index + 1,
      url: `${APP_URL}/courses/${course.slug}`,
      name: course.title,
    })),
  };
  return <JsonLd data={data} />;
}

/** The shop itself, and where its search is. */
export function ShopJsonLd() {
  const { APP_URL, STORE_NAME } = env();
  const data = {
    "@context": CONTEXT,
    "@type": "WebSite",
    name: STORE_NAME,
    url: APP_URL,
    potentialAction: {
      "@type": "SearchAction",
      target: `${APP_URL}/courses/search?q={search_term_string}`,
      "query-input": "required name=search_term_string",
    },
  };
  return <JsonLd data={data} />;
}
