import { Button } from "@/components/ui/button";
export default function Page() {
  return (
    <main id="main">
      <h1>Hi</h1>
      <Button variant="primary">Add to cart</Button>
      <code>get</code>
    </main>
  );
}
