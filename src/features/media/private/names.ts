/** What tags may say of sound and film in public: who made it, what it is called, whose it is. All else is taken to be private. */
const PUBLIC = new Set(
  `title subtitle artist artists albumartist album author creator composer lyricist performer conductor director producer
  contributor publisher label organization copyright licence license credit credits rights usageterms webstatement date year
  originaldate releasedate datereleased genre track tracknumber tracktotal totaltracks partnumber totalparts disc discnumber
  disctotal totaldiscs language isrc version synopsis summary show season episode episodeid network compilation
  lyrics bpm keywords metadatablockpicture encoder encodedwith duration bps numberofframes numberofbytes r128trackgain
  r128albumgain itunsmpb`.split(/\s+/),
);

/** Whether a tag of this name may be published, however it is spelt: `ALBUM ARTIST`, `album_artist`, `com.apple.quicktime.title`. */
export function isPublicName(name: string): boolean {
  const plain = name
    .toLowerCase()
    .replace(/^com\.apple\.(quicktime|itunes)\./, '')
    .replace(/[\s_:.-]+/g, '');
  return PUBLIC.has(plain) || /^(replaygain|chapter\d{3}|statistics)/.test(plain);
}
