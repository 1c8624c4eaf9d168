import type { Reply } from "../http/server";
import { groupDigits, TEST_CARDS } from "../payments/cards";
import { dashboardPage } from "./dashboard/dashboard";
import { html } from "./html";
import type { PageCall } from "./page-call";

export function showTestCards(_: PageCall): Reply {
  const rows = TEST_CARDS.map(
    (card) =>
      html`<tr><td data-label="Number" class="mono">${groupDigits(card.number)}</td><td data-label="What happens">${sentence(card.does)}</td><td data-label="Code" class="mono">${card.decline?.decline_code ?? card.decline?.code ?? "–"}</td></tr>`,
  );
  const body = html`<p class="soft lead">Any future expiry date, any three digits (four for American Express), any name.</p>
<div class="panel"><table class="table"><caption class="visually-hidden">Test cards</caption><thead><tr><th scope="col">Number</th><th scope="col">What happens</th><th scope="col">Decline code</th></tr></thead><tbody>${rows}</tbody></table></div>
<h2>Bank debit</h2><p class="soft">In dollars, euros and pounds the payment page also offers a bank debit. The order is then confirmed later: by itself, or with the buttons of its payment in this dashboard.</p>`;
  return dashboardPage({ title: "Test cards", at: "/test-cards", body });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
