// Runs inside a page before its own scripts: the camera shows drawn people before a wall, so that pictures of the room
// show who sits where. `tongxiPeople` says who; nobody of them exists.
(() => {
  const looks = {
    mediator: {
      wall: '#d9cfc0',
      skin: '#e3b794',
      hair: '#2b2623',
      coat: '#7b4a4f',
      shirt: '#f2ede4',
      long: true,
    },
    judge: {
      wall: '#c8cfd6',
      skin: '#dcae89',
      hair: '#1f1d1c',
      coat: '#20262e',
      shirt: '#f5f5f2',
      glasses: true,
    },
    director: {
      wall: '#cfd6cd',
      skin: '#e6bd9c',
      hair: '#332a26',
      coat: '#2f5166',
      shirt: '#eef1f4',
      long: true,
    },
    farmer: {
      wall: '#cfd6cd',
      skin: '#c99b76',
      hair: '#8f8c88',
      coat: '#56604a',
      shirt: '#d8d3c6',
      aged: true,
    },
    neighbour: { wall: '#d3cbd0', skin: '#d8a981', hair: '#26221f', coat: '#3f4a63', shirt: '#3f4a63' },
  };
  const ellipse = (c, x, y, rx, ry, fill) => {
    c.fillStyle = fill;
    c.beginPath();
    c.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
    c.fill();
  };
  const line = (c, width, colour, draw) => {
    c.lineWidth = width;
    c.strokeStyle = colour;
    c.lineCap = 'round';
    c.beginPath();
    draw();
    c.stroke();
  };
  const person = (c, x, t, look) => {
    const sway = Math.sin(t / 900 + x) * 3;
    c.save();
    c.translate(x + sway, 0);
    if (look.long) ellipse(c, 0, 178, 66, 84, look.hair);
    c.fillStyle = look.coat;
    c.beginPath();
    c.moveTo(-150, 362);
    c.bezierCurveTo(-146, 286, -84, 266, -30, 250);
    c.lineTo(30, 250);
    c.bezierCurveTo(84, 266, 146, 286, 150, 362);
    c.fill();
    c.fillStyle = look.shirt;
    c.beginPath();
    c.moveTo(-30, 250);
    c.lineTo(0, 312);
    c.lineTo(30, 250);
    c.fill();
    c.fillStyle = look.skin;
    c.fillRect(-22, 210, 44, 44);
    ellipse(c, 0, 254, 22, 12, look.skin);
    c.fillStyle = 'rgb(0 0 0 / 0.1)';
    c.fillRect(-22, 218, 44, 14);
    ellipse(c, -52, 168, 9, 14, look.skin);
    ellipse(c, 52, 168, 9, 14, look.skin);
    ellipse(c, 0, 165, 52, 64, look.skin);
    c.fillStyle = look.hair;
    c.beginPath();
    c.moveTo(-56, 160);
    c.bezierCurveTo(-66, 76, 66, 76, 56, 160);
    c.bezierCurveTo(48, 128, 22, look.aged ? 112 : 130, -4, look.aged ? 112 : 126);
    c.bezierCurveTo(-30, look.aged ? 112 : 124, -48, 132, -56, 160);
    c.fill();
    const shut = t % 4200 < 160;
    for (const side of [-1, 1]) {
      if (shut) line(c, 3, '#3a2f2a', () => c.arc(side * 20, 164, 6, 0.2, Math.PI - 0.2));
      else ellipse(c, side * 20, 166, 4.2, 5, '#2c2522');
      line(c, 3.4, look.aged ? '#7a7672' : look.hair, () => {
        c.moveTo(side * 12, 150);
        c.quadraticCurveTo(side * 21, 145, side * 30, 150);
      });
      if (look.glasses) line(c, 2.4, '#2a2f36', () => c.ellipse(side * 21, 167, 16, 13, 0, 0, 2 * Math.PI));
      if (look.aged)
        line(c, 1.6, 'rgb(90 60 40 / 0.5)', () => {
          c.moveTo(side * 24, 192);
          c.quadraticCurveTo(side * 31, 202, side * 26, 212);
        });
    }
    if (look.glasses)
      line(c, 2.4, '#2a2f36', () => {
        c.moveTo(-5, 166);
        c.lineTo(5, 166);
      });
    line(c, 2.2, 'rgb(90 60 40 / 0.55)', () => {
      c.moveTo(-3, 186);
      c.quadraticCurveTo(2, 191, 6, 186);
    });
    line(c, 3, '#9a5c4e', () => {
      c.moveTo(-14, 206);
      c.quadraticCurveTo(0, 212 + Math.sin(t / 400 + x) * 2, 14, 206);
    });
    c.restore();
  };
  const room = (c, wall) => {
    const light = c.createLinearGradient(0, 0, 640, 360);
    light.addColorStop(0, wall);
    light.addColorStop(1, '#8f8a80');
    c.fillStyle = light;
    c.fillRect(0, 0, 640, 360);
    c.fillStyle = 'rgb(255 255 255 / 0.35)';
    c.fillRect(40, 30, 120, 150);
    c.fillStyle = 'rgb(60 60 60 / 0.18)';
    c.fillRect(98, 30, 4, 150);
    c.fillRect(40, 102, 120, 4);
    c.fillStyle = 'rgb(40 40 40 / 0.1)';
    c.fillRect(0, 330, 640, 30);
  };
  const film = () => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 360;
    const c = canvas.getContext('2d');
    const people = window.tongxiPeople.map((name) => looks[name]);
    const draw = () => {
      const t = performance.now();
      room(c, people[0].wall);
      people.forEach((look, i) => {
        person(c, people.length === 1 ? 320 : 200 + i * 240, t, look);
      });
    };
    draw();
    setInterval(draw, 100);
    return canvas.captureStream(10).getVideoTracks()[0];
  };
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wanted) => {
    const stream = await ask(wanted);
    for (const track of wanted.video ? stream.getVideoTracks() : []) {
      stream.removeTrack(track);
      track.stop();
      stream.addTrack(film());
    }
    return stream;
  };
})();
