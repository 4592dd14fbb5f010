package dev.weir.sample.clickcount.demo;

/** Where the demo shows itself. Confined to the steering thread. */
interface DemoScreen {
  /** How many windows a view should have. */
  int rows();

  /** Something has happened. */
  void event(String what);

  /** A window has got a count. */
  void counted(WindowBoard.Row row);

  /** Some time has passed. */
  void show(DemoView view);

  /** Nothing more will be shown in place; what is printed from now on stays. */
  void finish();
}
