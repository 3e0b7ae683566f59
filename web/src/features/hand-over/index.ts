export { ChoosePin, HandOverButton } from './hand-over-button.tsx';
export { HandedOverScreen } from './handed-over-screen.tsx';
export { PinForm } from './pin-form.tsx';
export { switchHands } from './switch-hands.ts';
