import { Check, CircleDashed, Clock, Gavel, Plus, Search, TimerOff, Undo2, X } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Checkbox, Radio, SegmentedControl, SegmentedLinks } from "@/components/ui/choice";
import { SelectField, TextField } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Link } from "@/components/ui/link";
import { BackLink, LinkButton, MoreLink } from "@/components/ui/link-button";
import { Notice } from "@/components/ui/notice";
import { PasswordField } from "@/components/ui/password-field";
import { ChipDemo, DialogDemo, FailedFormDemo, ToastDemo } from "./demos";
import { Row, Sheet } from "./sheet";

/** Everything that is pressed or filled in, and what answers. */
export function Controls() {
  return (
    <>
      <Sheet title="Buttons">
        <Row>
          <Button variant="primary">Add to cart</Button>
          <Button>View the order</Button>
          <Button variant="quiet">Clear</Button>
          <Button variant="done">In cart</Button>
          <Button variant="danger">Refund $59.00</Button>
          <Button variant="danger-quiet">Remove</Button>
          <Button variant="primary" disabled>
            Submitting
          </Button>
        </Row>
        <Row>
          <Button variant="primary" size="large">
            Check out, $167.20
          </Button>
          <Button variant="primary" size="large" busy busyLabel="Opening the payment page">
            Check out, $167.20
          </Button>
          <Button size="small">Small, for a mouse</Button>
          <ButtonLink href="/dev/ui">A link</ButtonLink>
          <ButtonLink href="/dev/ui" disabled>
            A link that leads nowhere yet
          </ButtonLink>
        </Row>
        <Row>
          <IconButton label="Add">
            <Plus />
          </IconButton>
          <IconButton label="Marked" aria-pressed="true">
            <CircleDashed />
          </IconButton>
          <IconButton label="Add, framed" framed>
            <Plus />
          </IconButton>
          <LinkButton>Undo</LinkButton>
          <MoreLink href="/dev/ui">All of them</MoreLink>
          <BackLink href="/dev/ui">All orders</BackLink>
        </Row>
      </Sheet>
      <Sheet title="Fields">
        <div className="grid gap-4 md:grid-cols-3">
          <TextField
            name="full-name"
            label="Full name"
            autoComplete="name"
            placeholder="As it should stand on the order"
            help="Shown on orders"
          />
          <TextField
            name="e-mail"
            label="E-mail address"
            type="email"
            autoComplete="email"
            defaultValue="mira@example"
            error="The part after @ needs a dot, as in example.com"
          />
          <SelectField name="level" label="Level">
            <option>Any level</option>
            <option>Beginner</option>
          </SelectField>
          <TextField
            name="q"
            label="Search the courses"
            hideLabel
            type="search"
            placeholder="Search"
            icon={<Search />}
          />
          <PasswordField
            name="sheet-password"
            label="Password"
            autoComplete="current-password"
            aside={<Link href="/dev/ui">Forgot it?</Link>}
          />
          <TextField name="off" label="Not to be changed" defaultValue="usd" disabled />
        </div>
        <Row>
          <Checkbox name="stay" label="Stay signed in" defaultChecked />
          <Checkbox name="news" label="Send me news" />
          <Radio name="method" value="card" label="Card" defaultChecked />
          <Radio name="method" value="debit" label="Bank debit" />
        </Row>
        <Checkbox
          name="terms"
          label="I have read the terms"
          error="Please confirm that you have read the terms."
        />
        <Row>
          <SegmentedControl
            name="type"
            legend="Type"
            defaultValue="all"
            options={[
              { value: "all", label: "All" },
              { value: "python", label: "Python" },
              { value: "sql", label: "SQL" },
            ]}
          />
          <SegmentedLinks
            label="Period"
            items={[
              { href: "/dev/ui", label: "Week", current: true },
              { href: "/dev/ui?period=month", label: "Month" },
            ]}
          />
        </Row>
        <FailedFormDemo />
      </Sheet>
      <Sheet title="Badges and chips">
        <Row>
          <Badge tone="success" icon={<Check />}>
            Paid
          </Badge>
          <Badge tone="warning" icon={<Undo2 />}>
            Part refunded $20.00
          </Badge>
          <Badge tone="warning" icon={<Clock />}>
            Waiting for the bank
          </Badge>
          <Badge tone="danger" icon={<X />}>
            Failed
          </Badge>
          <Badge tone="danger" icon={<Gavel />}>
            Disputed
          </Badge>
          <Badge icon={<TimerOff />}>Expired</Badge>
          <Badge icon={<CircleDashed />}>Payment open</Badge>
          <Badge icon={<Undo2 />}>Refunded</Badge>
          <Badge tone="accent">Free preview</Badge>
        </Row>
        <ChipDemo />
      </Sheet>
      <Sheet title="Notices, toast, dialog">
        <Notice title="One price changed since you added it">
          <p>Async Python now costs $59.00 instead of $64.00.</p>
        </Notice>
        <Notice tone="success" title="Your e-mail address is confirmed" />
        <Notice tone="warning" title="Your bank debit is on its way">
          <p>This takes up to five working days. The courses open as soon as it arrives.</p>
        </Notice>
        <Notice tone="danger" title="We could not save your draft">
          <p>You are offline. It is kept on this device and sent when you are back.</p>
        </Notice>
        <Row>
          <ToastDemo />
          <DialogDemo />
        </Row>
      </Sheet>
    </>
  );
}
