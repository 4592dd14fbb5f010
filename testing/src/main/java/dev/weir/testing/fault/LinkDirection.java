package dev.weir.testing.fault;

/** The two ways through a {@link Link}. */
public enum LinkDirection {
  /** From who connected to the server behind the link: requests. */
  TO_SERVER,
  /** From the server back: answers. */
  TO_CLIENT
}
