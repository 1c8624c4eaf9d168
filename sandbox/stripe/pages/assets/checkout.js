/**
 * Makes the payment page pleasant; everything works without it. Groups digits while typing, says early what is
 * wrong with a card, fills in a test card on the spot, and keeps a second click from sending the form twice.
 */
const form = document.querySelector("#pay");
const fields = Object.fromEntries(
  ["number", "expiry", "cvc", "email"].map((id) => [id, document.getElementById(id)]),
);

document.getElementById("notice")?.focus();

const digits = (text) => text.replace(/\D/g, "");

function group(text) {
  const all = digits(text);
  const sizes = /^3[47]/.test(all) ? [4, 6, 5] : [4, 4, 4, 4, 3];
  let from = 0;
  const groups = sizes.map((size) => {
    from += size;
    return all.slice(from - size, from);
  });
  return groups.filter(Boolean).join(" ");
}

function expiry(text) {
  const all = digits(text).slice(0, 4);
  const padded = /^[2-9]/.test(all) ? `0${all}`.slice(0, 4) : all;
  return padded.length > 2 ? `${padded.slice(0, 2)} / ${padded.slice(2)}` : padded;
}

/** Keeps the caret behind the digit it stood behind. */
function formatted(input, format) {
  const before = digits(input.value.slice(0, input.selectionStart ?? 0)).length;
  input.value = format(input.value);
  if (document.activeElement !== input) return;
  let at = 0;
  for (let seen = 0; at < input.value.length && seen < before; at += 1)
    if (/\d/.test(input.value[at])) seen += 1;
  if (before === digits(input.value).length) at = input.value.length;
  input.setSelectionRange(at, at);
}

function passesLuhn(number) {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = index % 2 === 0 ? Number(digit) : Number(digit) * 2;
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

const checks = {
  number: (text) => {
    const number = digits(text);
    if (number.length < 13) return "Your card number is incomplete.";
    return passesLuhn(number) ? null : "Your card number is invalid.";
  },
  expiry: (text) => {
    const [month, year] = text.split("/").map((part) => Number(part.trim()));
    if (digits(text).length < 4) return "Your card's expiration date is incomplete.";
    if (month < 1 || month > 12) return "Your card's expiration date is invalid.";
    const now = new Date();
    const past = (2000 + year) * 12 + month < now.getFullYear() * 12 + now.getMonth() + 1;
    return past ? "Your card's expiration date is in the past." : null;
  },
  cvc: (text) => {
    const length = /^3[47]/.test(digits(fields.number?.value ?? "")) ? 4 : 3;
    return digits(text).length === length ? null : "Your card's security code is incomplete.";
  },
  email: (text) =>
    /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(text.trim()) ? null : "This e-mail address is incomplete.",
};

function show(id, message) {
  const input = fields[id];
  const field = input.closest(".field");
  document.getElementById(`${id}-error`)?.remove();
  input.toggleAttribute("aria-invalid", false);
  if (message) {
    const error = document.createElement("p");
    error.className = "error";
    error.id = `${id}-error`;
    error.textContent = message;
    field.append(error);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
  } else input.removeAttribute("aria-describedby");
  field.classList.toggle("field--error", field.querySelector("[aria-invalid=true]") !== null);
}

for (const [id, check] of Object.entries(checks)) {
  const input = fields[id];
  if (!input || input.readOnly) continue;
  input.addEventListener("blur", () => input.value !== "" && show(id, check(input.value)));
  input.addEventListener("input", () => input.getAttribute("aria-invalid") === "true" && show(id, null));
}
fields.number?.addEventListener("input", () => formatted(fields.number, group));
fields.expiry?.addEventListener("input", () => formatted(fields.expiry, expiry));
fields.cvc?.addEventListener("input", () => formatted(fields.cvc, (text) => digits(text).slice(0, 4)));

for (const button of document.querySelectorAll("button.fill")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const amex = button.value.startsWith("3");
    fields.number.value = group(button.value);
    fields.expiry.value = `12 / ${String((new Date().getFullYear() + 2) % 100).padStart(2, "0")}`;
    fields.cvc.value = amex ? "1234" : "123";
    for (const id of ["number", "expiry", "cvc"]) show(id, null);
    fields.number.focus();
  });
}

/** Another country may mean another tax: what is due is asked anew, and shown before it is paid. */
let asked = 0;
async function refreshTotals() {
  asked += 1;
  const mine = asked;
  const value = (id) => document.getElementById(id)?.value ?? "";
  const query = new URLSearchParams(["country", "postal_code", "tax_id"].map((id) => [id, value(id)]));
  const response = await fetch(`${form.dataset.totals}?${query}`).catch(() => null);
  if (!response?.ok || mine !== asked) return;
  const { label, shown, tax, total } = await response.json();
  const set = (selector, text) => {
    for (const element of document.querySelectorAll(selector)) element.textContent = text;
  };
  set("[data-total]", total);
  set("[data-tax]", tax);
  set("[data-tax-label]", label);
  form.elements.shown.value = shown;
  for (const span of document.querySelectorAll("[data-pay]"))
    span.textContent = `${span.dataset.pay} ${total}`;
}
if (form?.dataset.totals) {
  for (const id of ["country", "postal_code", "tax_id"])
    document.getElementById(id)?.addEventListener("change", refreshTotals);
}

let sent = false;
form?.addEventListener("submit", (event) => {
  if (sent) return event.preventDefault();
  sent = true;
  const button = form.querySelector("button[data-busy]");
  button.setAttribute("aria-busy", "true");
  button.querySelector("span").textContent = button.dataset.busy;
});
/** The browser's back button may bring the page back as it was left. */
window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
