/** A directed graph: each node with the nodes it leads to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** One way round for each group of nodes that lead back to themselves, as `[a, b, a]`. */
export function findCycles(graph: Graph): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const walk = (node: string, trail: readonly string[]) => {
    const seenAt = trail.indexOf(node);
    if (seenAt !== -1) {
      cycles.push([...trail.slice(seenAt), node]);
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return cycles;
}

export function addEdge(graph: Map<string, Set<string>>, from: string, to: string): void {
  const known = graph.get(from) ?? new Set();
  graph.set(from, known.add(to));
}
