import type { CdpSession } from '../cdp/connection.ts';

interface DomNode {
  backendNodeId: number;
  frameId?: string;
  shadowRootType?: string;
  shadowRoots?: DomNode[];
  children?: DomNode[];
  contentDocument?: DomNode;
}

/**
 * Leaves the closed shadow roots of a frame's document where the serializer finds them. Those that a script attached
 * are known to the hooks; those of the markup (`shadowrootmode="closed"`) only the browser can tell.
 */
export async function markClosedRoots(page: CdpSession, frameId: string, world: number): Promise<void> {
  const { root } = await page.send<{ root: DomNode }>('DOM.getDocument', { depth: -1, pierce: true });
  for (const shadowRoot of closedRootsOf(root, frameId)) {
    const { object } = await page.send<{ object: { objectId: string } }>('DOM.resolveNode', {
      backendNodeId: shadowRoot.backendNodeId,
      executionContextId: world,
    });
    await page.send('Runtime.callFunctionOn', {
      objectId: object.objectId,
      functionDeclaration:
        'function () { (globalThis.holdfastRoots ??= new WeakMap()).set(this.host, this) }',
    });
  }
}

function closedRootsOf(root: DomNode, frameId: string): DomNode[] {
  const found: DomNode[] = [];
  const walk = (node: DomNode, frame: string | undefined) => {
    for (const shadowRoot of node.shadowRoots ?? []) {
      if (shadowRoot.shadowRootType === 'closed' && frame === frameId) found.push(shadowRoot);
      walk(shadowRoot, frame);
    }
    for (const child of node.children ?? []) walk(child, frame);
    if (node.contentDocument) walk(node.contentDocument, node.frameId);
  };
  // The main document's node names its frame nowhere but in its root element.
  walk(root, root.children?.find((child) => child.frameId !== undefined)?.frameId ?? frameId);
  return found;
}
