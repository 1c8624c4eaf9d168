import { ButtonLink } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState, OpenBook } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Prose } from "@/components/ui/prose";
import { CardSkeleton, LinesSkeleton, Loading } from "@/components/ui/skeleton";
import { Sheet } from "./sheet";

const query = "select region, sum(amount) from sales group by region;";

/** What waits, what is missing, and what is read. */
export function Texts() {
  return (
    <>
      <Sheet title="Skeleton and empty">
        <div className="grid gap-6 md:grid-cols-2">
          <Loading label="Loading the courses">
            <CardSkeleton />
          </Loading>
          <div className="grid content-start gap-6">
            <Panel dashed>
              <EmptyState
                title="No order matches"
                action={<ButtonLink href="/dev/ui">Clear the filters</ButtonLink>}
              >
                <p>Nothing in these weeks has this number. Check it, or widen the dates.</p>
              </EmptyState>
            </Panel>
            <Panel dashed>
              <EmptyState
                title="Your cart is empty"
                figure={<OpenBook />}
                action={
                  <ButtonLink variant="primary" href="/dev/ui">
                    Browse the courses
                  </ButtonLink>
                }
              />
            </Panel>
          </div>
        </div>
        <Loading>
          <LinesSkeleton rows={2} />
        </Loading>
      </Sheet>
      <Sheet title="Code">
        <CodeBlock label="Sample query" name="running_total.sql" action={<CopyButton text={query} />}>
          <span className="hljs-keyword">select</span> region, <span className="hljs-built_in">sum</span>
          (amount){"  "}
          <span className="hljs-comment">-- one row per region</span>
          {"\n"}
          <span className="hljs-keyword">from</span> sales{"\n"}
          <span className="hljs-keyword">where</span> year = <span className="hljs-number">2026</span>{" "}
          <span className="hljs-keyword">and</span> region &lt;&gt;{" "}
          <span className="hljs-string">'none'</span>
          {"\n"}
          <span className="hljs-keyword">group by</span> region;
        </CodeBlock>
      </Sheet>
      <Sheet title="Prose">
        <Prose>
          <p>
            A dictionary answers one question fast: have I seen this before? Ask it with <code>get</code>,
            which returns a fallback instead of an error. More in{" "}
            <a href="https://docs.python.org/3/">Python’s own documentation</a>.
          </p>
          <h2>Counting words</h2>
          <p>
            Now count <strong>every</strong> word in a text. Case should not matter: <em>The</em> and{" "}
            <em>the</em> are one word.
          </p>
          <ul>
            <li>Split the text at spaces.</li>
            <li>
              Look each word up:
              <ol>
                <li>found, add one;</li>
                <li>not found, begin with one.</li>
              </ol>
            </li>
          </ul>
          <blockquote>
            <p>
              <strong>Why get?</strong> Square brackets raise a <code>KeyError</code> for a word that is not
              there yet.
            </p>
          </blockquote>
          <h3>What it costs</h3>
          <table>
            <thead>
              <tr>
                <th>Operation</th>
                <th>Time</th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <td>
                  <code>counts[word]</code>
                </td>
                <td>constant, on average</td>
              </tr>
              <tr>
                <td>
                  <code>word in list</code>
                </td>
                <td>grows with the list</td>
              </tr>
            </tbody>
          </table>
          <p>
            Stop a run with <kbd>Esc</kbd>.
          </p>
        </Prose>
      </Sheet>
    </>
  );
}
