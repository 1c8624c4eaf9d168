import { Check, FileText, ShoppingBag, SquareTerminal, Text, Undo2 } from "lucide-react";
import { CourseCover } from "@/components/catalog/course-cover";
import { Breadcrumbs } from "@/components/layout/breadcrumbs";
import { Accordion, AccordionItem, Disclosure, OutlineRow } from "@/components/ui/accordion";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DateTime } from "@/components/ui/date-time";
import { TextField } from "@/components/ui/field";
import { LineItem, LineList, LineNote, LineRemoved } from "@/components/ui/line-item";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { Money, Price } from "@/components/ui/money";
import { Card, CardFoot, CardTitle, Panel, PanelBody, PanelFoot, PanelHead } from "@/components/ui/panel";
import { Progress } from "@/components/ui/progress";
import { Stat, Stats } from "@/components/ui/stats";
import { SumRow, Sums } from "@/components/ui/sums";
import { Table, Td, Th, TwoLines } from "@/components/ui/table";
import { Pagination, Tabs } from "@/components/ui/tabs";
import { Timeline, TimelineEvent } from "@/components/ui/timeline";
import { Sheet } from "./sheet";

/** Lists, sums, tables and ways through them. */
export function Records() {
  return (
    <>
      <Sheet title="Card and panel">
        <div className="grid items-start gap-6 md:grid-cols-2">
          <Card>
            <div className="aspect-8/5">
              <CourseCover type="python" slug="python-from-zero" />
            </div>
            <div className="flex flex-1 flex-col px-2 pt-4 pb-1">
              <p className="text-xs font-medium text-ink-muted">Python · Beginner · 42 lessons · 9 h</p>
              <CardTitle>
                <Link href="/dev/ui">Python from zero</Link>
              </CardTitle>
              <p className="mt-2 flex-1 text-sm text-ink-soft">
                Values, loops, functions and files, from the first line to a small program you use yourself.
              </p>
              <CardFoot>
                <Price amount={4900} currency="usd" />
                <Button>Add to cart</Button>
              </CardFoot>
            </div>
          </Card>
          <Panel>
            <PanelHead title="Documents" aside={<Badge tone="accent">New</Badge>} />
            <PanelBody>
              <p>A surface with a hairline. Panels never nest.</p>
            </PanelBody>
            <PanelFoot>
              <LinkButton>One quiet action</LinkButton>
            </PanelFoot>
          </Panel>
        </div>
      </Sheet>
      <Sheet title="Lines and sums">
        <LineList label="Sample cart">
          <LineItem
            thumb={<CourseCover type="python" slug="async-python" />}
            title={<Link href="/dev/ui">Async Python</Link>}
            meta="Python · Advanced"
            note="Price lowered since you added it"
            end={<Price amount={5900} before={6400} currency="usd" />}
            actions={<LinkButton>Remove</LinkButton>}
          />
          <LineRemoved action={<LinkButton>Undo</LinkButton>}>Testing Python was removed.</LineRemoved>
          <LineItem
            thumb={<CourseCover type="sql" slug="joins-and-windows" />}
            title="Joins and windows"
            meta="SQL · Intermediate"
            note={<LineNote saving>NOVEMBER20 takes $9.80 off this course</LineNote>}
            end={<Price amount={4900} currency="usd" />}
          />
        </LineList>
        <div className="grid gap-6 md:grid-cols-2">
          <Sums>
            <SumRow label="Subtotal, 2 courses">
              <Money amount={10800} currency="usd" />
            </SumRow>
            <SumRow label="Discount NOVEMBER20" kind="saving">
              <Money amount={-980} currency="usd" />
            </SumRow>
            <SumRow label="Tax">
              <Money amount={0} currency="usd" />
            </SumRow>
            <SumRow label="Total" kind="total">
              <Money amount={9820} currency="usd" />
            </SumRow>
          </Sums>
          <Disclosure summary="Have a coupon?" open>
            <div className="grid grid-cols-[1fr_auto] items-start gap-2">
              <TextField
                name="coupon"
                label="Coupon code"
                hideLabel
                defaultValue="november 20"
                error="Add $12.00 more to use this code."
              />
              <Button>Apply</Button>
            </div>
          </Disclosure>
        </div>
        <p>
          Free: <Price amount={0} currency="usd" />, yen: <Money amount={7800} currency="jpy" />, dinar:{" "}
          <Money amount={21500} currency="kwd" />, <DateTime at="2026-11-23T19:42:00Z" />,{" "}
          <DateTime at="2026-11-23T19:42:00Z" format="date" />,{" "}
          <DateTime at="2026-11-23T19:42:00Z" format="short" />
        </p>
      </Sheet>
      <Sheet title="Table">
        <Panel className="overflow-hidden">
          <Table caption="Sample orders">
            <thead>
              <tr>
                <Th>Order</Th>
                <Th sort="descending" href="/dev/ui?sort=placed">
                  Placed
                </Th>
                <Th>Courses</Th>
                <Th align="right">Total</Th>
                <Th>Status</Th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <Td lead>
                  <Link href="/dev/ui" className="max-md:inline-flex max-md:min-h-target max-md:items-center">
                    ORD-20261123-7K2M9Q
                  </Link>
                </Td>
                <Td label="Placed">
                  <DateTime at="2026-11-23T19:42:00Z" format="short" />
                </Td>
                <Td label="Courses">
                  <TwoLines small="and 2 more">Data structures you will use</TwoLines>
                </Td>
                <Td label="Total" align="right">
                  <Money amount={16720} currency="usd" />
                </Td>
                <Td label="Status">
                  <Badge tone="success" icon={<Check />}>
                    Paid
                  </Badge>
                </Td>
              </tr>
              <tr>
                <Td lead>ORD-20261122-55GJNS</Td>
                <Td label="Placed">
                  <DateTime at="2026-11-22T22:47:00Z" format="short" />
                </Td>
                <Td label="Courses">Joins and windows</Td>
                <Td label="Total" align="right">
                  <Money amount={8800} currency="usd" />
                </Td>
                <Td label="Status">
                  <Badge tone="warning" icon={<Undo2 />}>
                    Part refunded $20.00
                  </Badge>
                </Td>
              </tr>
            </tbody>
          </Table>
        </Panel>
        <Pagination newer={null} older="/dev/ui?after=ORD-20261122-55GJNS">
          2 of 226 orders
        </Pagination>
      </Sheet>
      <Sheet title="Ways through">
        <Breadcrumbs items={[{ label: "Courses", href: "/dev/ui" }, { label: "Python" }]} />
        <Tabs
          label="Sample tabs"
          tabs={[
            { href: "/dev/ui", label: "Active", count: 3, current: true },
            { href: "/dev/ui?tab=completed", label: "Completed", count: 2 },
            { href: "/dev/ui?tab=ended", label: "Ended", count: 1 },
          ]}
        />
        <Progress value={42} label="Sample course" />
        <Stats>
          <Stat label="This week" value="3 h 40 min" note="50 min more than last week" />
          <Stat label="Lessons completed" value="100" note="9 this week" />
          <Stat label="Exercises passed" value="176" note="14 this week" />
          <Stat label="Courses completed" value="2" />
        </Stats>
        <Accordion>
          <AccordionItem number={1} title="Lists, honestly" meta="2 lessons · 20 min" open>
            <ul>
              <OutlineRow icon={<Text />} end="9 min">
                <Link href="/dev/ui">What a list costs</Link>
                <Badge tone="accent">Free preview</Badge>
              </OutlineRow>
              <OutlineRow icon={<SquareTerminal />} end="11 min">
                Exercise: rotate in place
              </OutlineRow>
            </ul>
          </AccordionItem>
          <AccordionItem number={2} title="Stacks and queues" meta="6 lessons · 1 h 10 min">
            <p className="text-sm">Closed until opened.</p>
          </AccordionItem>
        </Accordion>
        <Timeline>
          <TimelineEvent icon={<Undo2 />} title="Refund of $59.00 sent" at="2026-11-27T10:15:00Z">
            Banks show it within 5 to 10 working days.
          </TimelineEvent>
          <TimelineEvent icon={<FileText />} title="Credit note issued" at="2026-11-27T10:15:00Z" />
          <TimelineEvent icon={<ShoppingBag />} title="Order placed" at="2026-11-23T19:42:00Z" />
        </Timeline>
      </Sheet>
    </>
  );
}
