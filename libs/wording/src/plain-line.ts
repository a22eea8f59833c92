// Overrides turn letters around unseen; separators and controls break a line or a mail header.
const unsafe = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** A value on one line, safe in a mail header and beside other words: no control, break or direction override. */
export const plainLine = (value: string): string => value.replace(unsafe, ' ').replace(/ {2,}/g, ' ').trim();

/** A text of several lines without controls and direction overrides; line breaks become `\n`, tabs stay. */
export const plainText = (value: string): string =>
  value
    .replace(/\r\n?|\u2028|\u2029|\u0085/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e]/gu, '')
    .trim();
