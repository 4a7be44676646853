namespace ProvingLayer.Stark.Commitments;

/// <summary>The shape of a committed matrix: 2^LogHeight rows of Width elements. It comes from the key and log N, never from a proof.</summary>
public readonly record struct MatrixShape(int LogHeight, int Width);
