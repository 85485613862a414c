/** @type {import('next').NextConfig} */
const config = {
  // `next dev` refuses its own scripts to pages opened at another name than localhost.
  allowedDevOrigins: ['127.0.0.1'],
};

export default config;
