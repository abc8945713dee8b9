const PACKET = 188;

/** Takes the sound (ADTS, or MPEG audio) out of an MPEG transport stream (ISO/IEC 13818-1 §2.4.3). */
export function audioOfTransportStream(bytes: Buffer): Buffer {
  let programme: number | undefined;
  let audio: number | undefined;
  const sound: Buffer[] = [];
  for (let at = bytes.indexOf(0x47); at !== -1 && at + PACKET <= bytes.length; at += PACKET) {
    if (bytes[at] !== 0x47) break;
    const start = (bytes.readUInt8(at + 1) & 0x40) !== 0;
    const pid = bytes.readUInt16BE(at + 1) & 0x1fff;
    const control = (bytes.readUInt8(at + 3) >> 4) & 3;
    if ((control & 1) === 0) continue;
    const skip = control === 3 ? 5 + bytes.readUInt8(at + 4) : 4;
    const payload = bytes.subarray(at + Math.min(skip, PACKET), at + PACKET);
    if (payload.length === 0) continue;
    if (pid === 0 && start) programme ??= firstProgramme(table(payload));
    else if (pid === programme && start) audio ??= firstAudio(table(payload));
    else if (pid === audio) sound.push(start ? afterPesHead(payload) : payload);
  }
  return Buffer.concat(sound);
}

/** A section after its pointer field. */
function table(payload: Buffer): Buffer {
  return payload.subarray(1 + payload.readUInt8(0));
}

function firstProgramme(section: Buffer): number | undefined {
  for (let at = 8; at + 4 <= section.length - 4; at += 4)
    if (section.readUInt16BE(at) !== 0) return section.readUInt16BE(at + 2) & 0x1fff;
  return undefined;
}

function firstAudio(section: Buffer): number | undefined {
  if (section.length < 12) return undefined;
  const end = Math.min(section.length, 3 + (section.readUInt16BE(1) & 0xfff) - 4);
  for (let at = 12 + (section.readUInt16BE(10) & 0xfff); at + 5 <= end;) {
    // 0x03 and 0x04: MPEG audio; 0x0f: AAC in ADTS.
    if ([0x03, 0x04, 0x0f].includes(section.readUInt8(at))) return section.readUInt16BE(at + 1) & 0x1fff;
    at += 5 + (section.readUInt16BE(at + 3) & 0xfff);
  }
  return undefined;
}

function afterPesHead(payload: Buffer): Buffer {
  if (payload.length < 9 || payload.readUIntBE(0, 3) !== 1) return Buffer.alloc(0);
  return payload.subarray(9 + payload.readUInt8(8));
}
