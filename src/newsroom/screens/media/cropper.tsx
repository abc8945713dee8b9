import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import {
  cropBox,
  type CropBox,
  type Cropped,
  type Shape,
  shapeNames,
  shapes,
} from '../../../contract/crops.ts';
import { useText } from '../../i18n.ts';
import { mediaText } from '../../strings/media.ts';
import { Button } from '../../ui/kit.ts';

type Point = { readonly x: number; readonly y: number };
export type Framing = Pick<Cropped, 'focal' | 'crops'>;

const SMALLEST = 0.1;
const clamp = (value: number, from: number, to: number): number => Math.min(Math.max(value, from), to);
const round = (value: number): number => Math.round(value * 1000) / 1000;

/** The crop moved and sized within the picture, its ratio kept; `ratio` is width : height in fractions of the picture. */
function fit(box: CropBox, ratio: number): CropBox {
  const width = clamp(box.width, SMALLEST * Math.min(1, ratio), Math.min(1, ratio));
  const height = width / ratio;
  return {
    x: round(clamp(box.x, 0, 1 - width)),
    y: round(clamp(box.y, 0, 1 - height)),
    width: round(width),
    height: round(height),
  };
}

/** One model of how a picture is cut: a focal point that all shapes follow, and a crop of its own for those that an editor drew. */
export function Cropper({
  src,
  picture,
  framing,
  onChange,
}: {
  readonly src: string;
  readonly picture: { readonly width: number; readonly height: number };
  readonly framing: Framing;
  readonly onChange: (framing: Framing) => void;
}) {
  const text = useText(mediaText);
  const [shape, setShape] = useState<Shape>();
  const stage = useRef<HTMLDivElement>(null);
  const grabbed = useRef<{ from: Point; box: CropBox; corner: boolean } | undefined>(undefined);
  const cropped: Cropped = { ...picture, ...framing };
  const ratio =
    shape === undefined ? 1 : (shapes[shape].width / shapes[shape].height) * (picture.height / picture.width);
  const box = shape === undefined ? undefined : cropBox(cropped, shape);

  const pointOf = (event: PointerEvent): Point => {
    const edges = stage.current?.getBoundingClientRect();
    if (edges === undefined) return { x: 0.5, y: 0.5 };
    return {
      x: clamp((event.clientX - edges.left) / edges.width, 0, 1),
      y: clamp((event.clientY - edges.top) / edges.height, 0, 1),
    };
  };
  const setFocal = (focal: Point): void =>
    onChange({ ...framing, focal: { x: round(clamp(focal.x, 0, 1)), y: round(clamp(focal.y, 0, 1)) } });
  const setBox = (next: CropBox): void => {
    if (shape !== undefined) onChange({ ...framing, crops: { ...framing.crops, [shape]: fit(next, ratio) } });
  };
  const grab = (event: PointerEvent, corner: boolean): void => {
    if (box === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    grabbed.current = { from: pointOf(event), box, corner };
  };
  const drag = (event: PointerEvent): void => {
    const held = grabbed.current;
    if (held === undefined) return;
    const at = pointOf(event);
    if (held.corner) {
      const room = Math.min(1 - held.box.x, (1 - held.box.y) * ratio);
      setBox({ ...held.box, width: Math.min(room, at.x - held.box.x) });
    } else setBox({ ...held.box, x: held.box.x + at.x - held.from.x, y: held.box.y + at.y - held.from.y });
  };
  const release = (): void => void (grabbed.current = undefined);
  const STEPS: Readonly<Record<string, Point>> = {
    ArrowLeft: { x: -0.01, y: 0 },
    ArrowRight: { x: 0.01, y: 0 },
    ArrowUp: { x: 0, y: -0.01 },
    ArrowDown: { x: 0, y: 0.01 },
  };
  const onFocalKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setFocal({ x: framing.focal.x + step.x, y: framing.focal.y + step.y });
  };
  const onBoxKey = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined || box === undefined) return;
    event.preventDefault();
    if (event.shiftKey) setBox({ ...box, width: box.width + (step.x - step.y) });
    else setBox({ ...box, x: box.x + step.x, y: box.y + step.y });
  };
  const percent = (value: number): string => `${value * 100}%`;
  const nameOf = (each: Shape): string => text[`shape_${each}`];
  return (
    <div className="cropper stack tight">
      <div
        ref={stage}
        className="stage"
        onPointerDown={(event) => {
          if (shape === undefined) setFocal(pointOf(event));
        }}
      >
        <img src={src} alt="" width={picture.width} height={picture.height} draggable={false} />
        {box === undefined ? (
          <button
            type="button"
            className="focal"
            aria-label={`${text.focal}: ${Math.round(framing.focal.x * 100)} %, ${Math.round(framing.focal.y * 100)} %`}
            style={{ left: percent(framing.focal.x), top: percent(framing.focal.y) }}
            onKeyDown={onFocalKey}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
            }}
            onPointerMove={(event) => {
              if (event.currentTarget.hasPointerCapture(event.pointerId)) setFocal(pointOf(event));
            }}
          />
        ) : (
          <>
            <button
              type="button"
              className="crop"
              aria-label={text.cropOf(nameOf(shape ?? 'card'))}
              aria-description={text.cropHelp}
              style={{
                left: percent(box.x),
                top: percent(box.y),
                width: percent(box.width),
                height: percent(box.height),
              }}
              onKeyDown={onBoxKey}
              onPointerDown={(event) => grab(event, false)}
              onPointerMove={drag}
              onPointerUp={release}
            />
            <span
              className="corner"
              aria-hidden="true"
              style={{ left: percent(box.x + box.width), top: percent(box.y + box.height) }}
              onPointerDown={(event) => grab(event, true)}
              onPointerMove={drag}
              onPointerUp={release}
            />
          </>
        )}
      </div>
      <p className="quiet small">{shape === undefined ? text.focalHelp : text.cropHelp}</p>
      <div className="line" role="group" aria-label={text.crops}>
        <Button
          kind="plain"
          icon="eye"
          aria-pressed={shape === undefined}
          onClick={() => setShape(undefined)}
        >
          {text.focal}
        </Button>
        {shapeNames.map((each) => (
          <Button key={each} kind="plain" aria-pressed={shape === each} onClick={() => setShape(each)}>
            {nameOf(each)}
            {framing.crops[each] !== undefined && <span aria-label={text.own}>•</span>}
          </Button>
        ))}
      </div>
      {shape !== undefined && (
        <div className="line">
          <span className="quiet small">{framing.crops[shape] === undefined ? text.follows : text.own}</span>
          {framing.crops[shape] !== undefined && (
            <Button
              kind="plain"
              icon="undo"
              onClick={() => {
                const { [shape]: _own, ...others } = framing.crops;
                onChange({ ...framing, crops: others });
              }}
            >
              {text.follow}
            </Button>
          )}
        </div>
      )}
      <ul className="proofs" aria-hidden="true">
        {shapeNames.map((each) => (
          <Proof key={each} src={src} shape={each} cropped={cropped} />
        ))}
      </ul>
    </div>
  );
}

/** How a shape will look. */
function Proof({
  src,
  shape,
  cropped,
}: {
  readonly src: string;
  readonly shape: Shape;
  readonly cropped: Cropped;
}) {
  const box = cropBox(cropped, shape);
  return (
    <li>
      <span className={`proof ${shape}`}>
        <img
          src={src}
          alt=""
          style={{
            width: `${100 / box.width}%`,
            height: `${100 / box.height}%`,
            left: `${(-box.x / box.width) * 100}%`,
            top: `${(-box.y / box.height) * 100}%`,
          }}
        />
      </span>
    </li>
  );
}
