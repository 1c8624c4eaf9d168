import type { Route } from "next";
import { Link } from "@/components/ui/link";

type Props = { readonly problem: string; readonly orderNumber: string | null };

/** What is wrong, in a sentence or two, with the number of its order as the way to it; one that names it not has it behind. */
export function ProblemText({ problem, orderNumber }: Props) {
  if (!orderNumber) return problem;
  const [before = "", after] = problem.split(orderNumber, 2);
  const link = (
    <Link
      href={`/admin/orders/${orderNumber}` as Route}
      prefetch={false}
      className="font-medium whitespace-nowrap tabular-nums"
    >
      {orderNumber}
    </Link>
  );
  return after === undefined ? (
    <>
      {problem} {link}
    </>
  ) : (
    <>
      {before}
      {link}
      {problem.slice(before.length + orderNumber.length)}
    </>
  );
}
