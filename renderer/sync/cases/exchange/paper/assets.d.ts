/** A file of the application by its address, as the bundler gives it. */
declare module '*?url' {
  const url: string;
  export default url;
}
