/** The sha256 of bytes in hexadecimal, made in another thread; the bytes must stay as they are until it resolves. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
}
