/** How pictures are cut to shapes: one model for the newsroom's crop screen, the renditions and the reader's pages. */

/** The shapes that the site cuts pictures to, each width : height. */
export const shapes = {
  /** Cards in lists and on front pages, galleries. */
  card: { width: 3, height: 2 },
  /** Wide leads, JSON-LD 16:9. */
  wide: { width: 16, height: 9 },
  /** JSON-LD 4:3. */
  classic: { width: 4, height: 3 },
  square: { width: 1, height: 1 },
  /** Portraits of authors, the picture on social cards. */
  portrait: { width: 4, height: 5 },
} as const;
export type Shape = keyof typeof shapes;
export const shapeNames = Object.keys(shapes) as readonly Shape[];

/** A part of a picture in fractions of its width and height, from the top left. */
export type CropBox = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};
export type Crops = { readonly [S in Shape]?: CropBox };

export type Cropped = {
  /** Pixels of the picture as it is seen, turned upright. */
  readonly width: number;
  readonly height: number;
  /** Fractions of width and height: what must stay in view. */
  readonly focal: { readonly x: number; readonly y: number };
  /** What an editor drew; a shape without one follows the focal point. */
  readonly crops: Crops;
};

const clamp = (value: number, max: number): number => Math.min(Math.max(value, 0), Math.max(max, 0));

/**
 * The part of a picture that is shown in a shape: the editor's, cut to the exact ratio about its middle; else the largest part of the
 * ratio with the focal point as near to its middle as the edges allow.
 */
export function cropBox(picture: Cropped, shape: Shape): CropBox {
  const ratio = (shapes[shape].width / shapes[shape].height) * (picture.height / picture.width);
  const drawn = picture.crops[shape];
  const around =
    drawn === undefined
      ? { x: 0, y: 0, width: 1, height: 1, middle: picture.focal }
      : { ...drawn, middle: { x: drawn.x + drawn.width / 2, y: drawn.y + drawn.height / 2 } };
  const wide = around.width / around.height > ratio;
  const width = wide ? around.height * ratio : around.width;
  const height = wide ? around.height : around.width / ratio;
  return {
    x: around.x + clamp(around.middle.x - width / 2 - around.x, around.width - width),
    y: around.y + clamp(around.middle.y - height / 2 - around.y, around.height - height),
    width,
    height,
  };
}

/** The same in whole pixels, inside the picture, at least one pixel each way. */
export function cropPixels(
  picture: Cropped,
  shape: Shape,
): { left: number; top: number; width: number; height: number } {
  const box = cropBox(picture, shape);
  const width = Math.max(1, Math.min(picture.width, Math.round(box.width * picture.width)));
  const height = Math.max(1, Math.min(picture.height, Math.round(box.height * picture.height)));
  return {
    left: clamp(Math.round(box.x * picture.width), picture.width - width),
    top: clamp(Math.round(box.y * picture.height), picture.height - height),
    width,
    height,
  };
}
