#!/bin/sh
# Makes station-loop.mp3: four soft chords of sine tones that fade into each other. Needs ffmpeg.
set -e
cd "$(dirname "$0")"
chord() {
  ffmpeg -v error -y -f lavfi -i "sine=f=$1:d=6" -f lavfi -i "sine=f=$2:d=6" -f lavfi -i "sine=f=$3:d=6" \
    -filter_complex "[0][1][2]amix=inputs=3:normalize=0,volume=0.22,tremolo=f=3:d=0.25,afade=t=in:d=1.2,afade=t=out:st=4.4:d=1.6" \
    -ar 44100 -ac 1 "$4"
}
chord 220.00 277.18 329.63 a.wav
chord 196.00 246.94 293.66 b.wav
chord 174.61 220.00 261.63 c.wav
chord 196.00 246.94 329.63 d.wav
ffmpeg -v error -y -i a.wav -i b.wav -i c.wav -i d.wav -filter_complex "concat=n=4:v=0:a=1" \
  -c:a libmp3lame -b:a 32k -ar 44100 -ac 1 -write_xing 0 -id3v2_version 0 station-loop.mp3
rm -f a.wav b.wav c.wav d.wav
