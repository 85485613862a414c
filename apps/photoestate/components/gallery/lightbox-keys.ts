/** Where the keys of the lightbox, and of the stage in it, are heard: it is a layer over the page. */
export const lightboxKeys = 'lightbox';
