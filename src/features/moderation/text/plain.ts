/** A text for a mail or a list: without control characters and without what turns the direction of the lines around it. */
export function directionless(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}
