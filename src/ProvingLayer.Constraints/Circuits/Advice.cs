namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// Values that the prover computes and nothing pins: whoever takes them constrains them. The numbers enter the binary form and never change.
/// </summary>
public enum AdviceKind
{
    /// <summary>
    /// Reads a numerator of k words and a denominator of m words, least significant first. Parameters: k, the number j of quotient words.
    /// Results: the quotient's lowest j words, the remainder's m words; zeros and the numerator's lowest m words if the denominator is 0.
    /// k, m and j are at most 8.
    /// </summary>
    DivRem = 1,

    /// <summary>Reads a value; its inverse in the extension, or 0 for 0.</summary>
    InverseOrZero = 2,

    /// <summary>Reads a word. Parameter: n, 1 … 7. Results: a word of its first n limbs, a word of the others.</summary>
    Split = 3,

    /// <summary>Reads a word. Parameter: i, 0 … 7. Result: limb i as a value.</summary>
    Limb = 4,

    /// <summary>Reads a word. Parameter: s, 0 … 127. Results: the word shifted right by s bits, the s bits that left.</summary>
    ShiftRight = 5,

    /// <summary>
    /// As <see cref="DivRem"/> with a sign: reads k numerator words, m denominator words and last a value, 1 for a negative numerator, which is then
    /// the words less 2^(128·k). Parameters: k, j. Results: the floor of the quotient modulo 2^(128·j) in j words, the remainder's m words.
    /// </summary>
    FloorDivRem = 6,
}
