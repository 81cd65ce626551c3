// Calls made before vinculo.js has come wait here; it makes them when it comes.
((page) => {
  page.vinculo = page.vinculo || [];
  for (const name of ['identify', 'track', 'page', 'group', 'alias', 'reset', 'consent', 'ready']) {
    page.vinculo[name] = (...given) => {
      page.vinculo.push([name, ...given]);
    };
  }
})(window);
