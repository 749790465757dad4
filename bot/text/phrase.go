package text

// FirstStep tells somebody who was let in how to begin. It is HTML.
const FirstStep = "Mulai dari Menu, atau langsung ditulis, misalnya: <i>beras 20 kg</i>"
