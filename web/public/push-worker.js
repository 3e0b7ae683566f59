// Shows what the court's own server sent while no page is open, and opens the page when it is touched.
self.addEventListener('push', (event) => {
  const { title, body, url } = event.data.json();
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      tag: 'judge-call',
      renotify: true,
      requireInteraction: true,
      data: { url },
    }),
  );
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((pages) => {
      const page = pages.find((one) => 'focus' in one);
      return page ? page.focus() : self.clients.openWindow(event.notification.data.url);
    }),
  );
});
