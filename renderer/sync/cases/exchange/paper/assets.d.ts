/** A file of the application by its address, as the bundler gives it. */
declare module '*?url' {
  const url: string;
  export default url;
}

/** What we use of pdfkit 0.20. The types that are kept elsewhere know neither PDF/UA nor fonts that are bytes. */
declare module 'pdfkit' {
  interface Struct {
    add(child: Struct): Struct;
    end(): void;
  }
  interface StructOptions {
    readonly title?: string;
    readonly scope?: 'Column';
  }
  interface TextOptions {
    readonly width?: number;
    readonly align?: 'left' | 'center' | 'right';
    readonly lineGap?: number;
    readonly lineBreak?: boolean;
    readonly continued?: boolean;
  }
  interface DocumentOptions {
    readonly size: 'A4';
    readonly margins: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
    readonly pdfVersion: '1.7';
    readonly subset: 'PDF/UA';
    readonly tagged: true;
    readonly lang: string;
    readonly displayTitle: true;
    readonly bufferPages: true;
    readonly font: Uint8Array;
    readonly info: Readonly<Record<string, string | Date>>;
  }
  export class PDFDocument {
    constructor(options: DocumentOptions);
    x: number;
    y: number;
    readonly page: { readonly width: number; readonly height: number; readonly margins: { bottom: number } };
    readonly outline: { addItem(title: string): unknown };
    /** The font in use, by its maker. */
    readonly _font: { readonly font: { hasGlyphForCodePoint(code: number): boolean } };
    on(event: 'data', heard: (part: Uint8Array) => void): this;
    on(event: 'error', heard: (error: Error) => void): this;
    on(event: 'end', heard: () => void): this;
    end(): void;
    registerFont(name: string, source: Uint8Array): this;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(color: string): this;
    text(text: string, options?: TextOptions): this;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    heightOfString(text: string, options: TextOptions): number;
    addPage(): this;
    bufferedPageRange(): { readonly start: number; readonly count: number };
    switchToPage(page: number): unknown;
    struct(type: string, draw?: () => void): Struct;
    struct(type: string, options: StructOptions, draw: () => void): Struct;
    addStructure(root: Struct): this;
    markContent(tag: 'Artifact', options: { readonly type: 'Layout' | 'Pagination' }): this;
    endMarkedContent(): this;
    rect(x: number, y: number, width: number, height: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    lineWidth(width: number): this;
    fill(color: string): this;
    stroke(color: string): this;
  }
}
