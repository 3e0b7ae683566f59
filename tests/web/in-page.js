// Runs inside every visited page: what only the page itself can measure.
(() => {
  const shown = (el) => el.checkVisibility() && el.getBoundingClientRect().width > 0;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  const cut = (el) => el.outerHTML.slice(0, 120);
  const size = (el) => Number.parseFloat(getComputedStyle(el).fontSize);
  window.tongxiLook = {
    sideways() {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth + 1) return [];
      const out = all('body *').find((el) => el.getBoundingClientRect().right > clientWidth + 1);
      return [`scrolls sideways ${scrollWidth} > ${clientWidth}: ${out ? cut(out) : ''}`];
    },
    nameless: () =>
      all('button, a.btn, [role=tab]')
        .filter((el) => !(el.textContent.trim() || el.getAttribute('aria-label')))
        .map((el) => `no name: ${cut(el)}`),
    smallTargets: () =>
      all('button, a.btn, select, input:not([type=radio]):not([type=checkbox])')
        // What is cut away is for the keyboard and screen readers: nobody aims at it.
        .filter((el) => getComputedStyle(el).clipPath === 'none')
        .filter((el) => el.getBoundingClientRect().height < 47.5)
        .map((el) => `target below 48 px: ${Math.round(el.getBoundingClientRect().height)} px ${cut(el)}`),
    smallText: () =>
      all('main p, main li, main dd, main button, main label')
        .filter((el) => !el.closest('.small') && size(el) < 20)
        .map((el) => `text below 20 px: ${size(el)} px ${cut(el)}`),
    manyNextSteps: () => {
      const root = [...document.querySelectorAll('dialog[open]')].pop() ?? document;
      const steps = [...root.querySelectorAll('.btn.primary.big')].filter(shown);
      return steps.length > 1 ? [`${steps.length} large next steps: ${steps.map((s) => s.textContent)}`] : [];
    },
    // Another tab of the same browser chose this language: every open page follows.
    speak(language) {
      localStorage.setItem('tongxi.language', language);
      dispatchEvent(new StorageEvent('storage', { key: 'tongxi.language', newValue: language }));
    },
  };
})();
