import type { CdpSession } from '../cdp/connection.ts';
import { evaluate, worldOf } from '../evaluate.ts';
import { markClosedRoots } from './closed-roots.ts';
import type { SerializedDocument, SerializeOptions } from './dom/types.ts';
import { serializerSource } from './in-page.ts';

interface FrameTree {
  frame: { id: string; url: string };
  childFrames?: FrameTree[];
}

/** A document with those of its frames, by the key under which it refers to them. */
export interface SerializedFrame extends SerializedDocument {
  readonly frames: ReadonlyMap<string, SerializedFrame>;
}

/** Frames below this depth, and beyond this number, are left out. */
const maxDepth = 12;
const maxFrames = 300;

export interface SerializeContext {
  /** The text of a file that the page loaded; undefined where it did not. */
  textOf(url: string): Promise<string | undefined>;
  readonly limits: Omit<SerializeOptions, 'sprites'>;
  /** True where the page's markup may hold closed shadow roots. */
  readonly findClosedRoots: boolean;
}

/** Serializes a page with all its frames, at this moment. */
export async function serializeFrames(page: CdpSession, context: SerializeContext): Promise<SerializedFrame> {
  const { frameTree } = await page.send<{ frameTree: FrameTree }>('Page.getFrameTree');
  let frames = 0;
  const serialize = async (tree: FrameTree, depth: number): Promise<SerializedFrame> => {
    const world = await worldOf(page, tree.frame.id);
    await evaluate(
      page,
      `${serializerSource}\nglobalThis.holdfastFrames = new WeakMap();\nglobalThis.holdfastRoots = new WeakMap();`,
      world,
    );
    const children = new Map<string, SerializedFrame>();
    for (const child of tree.childFrames ?? []) {
      if (depth >= maxDepth || frames >= maxFrames) break;
      frames++;
      try {
        await markOwner(page, child.frame.id, world);
        children.set(child.frame.id, await serialize(child, depth + 1));
      } catch {
        // A frame that goes away while it is read is one that the page took away.
      }
    }
    if (context.findClosedRoots) await markClosedRoots(page, tree.frame.id, world);
    const sprites: Record<string, string> = {};
    for (const url of await evaluate<string[]>(page, 'findSprites()', world)) {
      const text = await context.textOf(url);
      if (text !== undefined) sprites[url] = text;
    }
    const options: SerializeOptions = { ...context.limits, sprites };
    const document = await evaluate<SerializedDocument>(
      page,
      `serializeDocument(${JSON.stringify(options)})`,
      world,
    );
    return { ...document, frames: children };
  };
  return serialize(frameTree, 0);
}

/** Tells the serializer in the parent's world which element shows the frame. */
async function markOwner(page: CdpSession, frameId: string, parentWorld: number): Promise<void> {
  const { backendNodeId } = await page.send<{ backendNodeId: number }>('DOM.getFrameOwner', { frameId });
  const { object } = await page.send<{ object: { objectId: string } }>('DOM.resolveNode', {
    backendNodeId,
    executionContextId: parentWorld,
  });
  await page.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: 'function (key) { globalThis.holdfastFrames.set(this, key) }',
    arguments: [{ value: frameId }],
  });
}
