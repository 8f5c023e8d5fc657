import { addressPattern, networkPattern } from '../ipv4.ts';

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const domain = new RegExp(`^(?=.{1,253}$)${label}(?:\\.${label})*$`);
/** A name whose last label is a number would be read as an address by some programs. */
const hostName = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+(?!\\d+$)${label}$`);

/**
 * How the texts of a plan are written; the key is also that of the error. Everything that a plan writes into another file
 * is held to one of these, so that no text can end a line, a quote or an argument there.
 */
export const formats = {
  notLabel: { pattern: new RegExp(`^${label}$`) },
  notDomain: { pattern: domain },
  notHost: { pattern: hostName },
  notAddress: { pattern: addressPattern },
  notNetwork: { pattern: networkPattern },
  notTimeServer: { pattern: new RegExp(`${addressPattern.source}|${hostName.source}`) },
  notVersion: { pattern: /^\d{1,3}\.\d{1,3}\.\d{1,4}(?:-[0-9A-Za-z][0-9A-Za-z.-]{0,63})?$/ },
  notRepository: {
    pattern:
      /^(?=.{1,255}$)[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/,
  },
  notDisk: { pattern: /^(?=.{1,255}$)(?:\/dev\/)?[A-Za-z0-9][\w.:+-]*(?:\/[A-Za-z0-9][\w.:+-]*)*$/ },
  notInterface: { pattern: /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/ },
  notKernelArgument: { pattern: /^(?=.{1,512}$)[A-Za-z0-9][\w.-]*(?:=[\w.,:/+@%=~[\]-]*)?$/ },
  notUrlPath: { pattern: /^(?=.{1,512}$)[A-Za-z0-9_][\w.~+-]*(?:\/[A-Za-z0-9_][\w.~+-]*)*$/ },
  // A secret that was put here in place of its file's name is refused by the first character, and not quoted.
  notPath: { pattern: /^(?=.{1,1024}$)[^\p{Cc}\s{}"'\\-][^\p{Cc}{}"\\]*$/u },
} as const;

export type FormatName = keyof typeof formats;
