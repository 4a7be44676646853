namespace ProvingLayer.Constraints;

/// <summary>The buses: sets of messages whose sends and receives must cancel. The number enters every fingerprint and never changes.</summary>
public enum Bus
{
    /// <summary>Cells that hold an element of the extension: (instance, address, 5 limbs).</summary>
    Value = 1,

    /// <summary>Cells that hold eight field elements, a digest or half of a sponge state: (instance, address, 8 limbs).</summary>
    Block = 2,

    /// <summary>Cells that hold 128 bits as eight limbs known to be below 2^16: (instance, address, 8 limbs).</summary>
    Word = 3,

    /// <summary>The range table: (v) with v below 2^8.</summary>
    Byte = 4,

    /// <summary>Public values: (index, v), sent by the verifier.</summary>
    Public = 5,

    /// <summary>Steps of histories: (step, 8 limbs of the carry).</summary>
    History = 6,

    /// <summary>Masks of terminals in hiding proofs: (table, 5 limbs). The protocol's own; no chip writes it.</summary>
    Mask = 16,
}

/// <summary>Where the multiplicity of a message may come from. A free multiplicity would let the prover undo messages.</summary>
public enum MultiplicityKind
{
    /// <summary>A function of preprocessed columns alone: fixed by the verifying key.</summary>
    Preprocessed,

    /// <summary>A value that the chip itself asserts to be 0 or 1.</summary>
    Boolean,

    /// <summary>Chosen by the prover; allowed only where the whole message is preprocessed (a lookup table), so that it binds nothing else.</summary>
    Count,
}

/// <summary>Widths and kinds of the buses.</summary>
public static class Buses
{
    /// <summary>The widest message, without its bus number.</summary>
    public const int MaximumWidth = 2 + Cells.Limbs;

    /// <summary>Values of a message, without its bus number; one bus has one width.</summary>
    public static int Width(this Bus bus) => bus switch
    {
        Bus.Value => 2 + Algebra.Extension5.Degree,
        Bus.Block or Bus.Word => 2 + Cells.Limbs,
        Bus.Byte => 1,
        Bus.Public => 2,
        Bus.History => 1 + Cells.Limbs,
        Bus.Mask => 1 + Algebra.Extension5.Degree,
        _ => throw new ArgumentOutOfRangeException(nameof(bus)),
    };

    /// <summary>Whether messages are cells: the first value is the instance, the second the address.</summary>
    public static bool CarriesCells(this Bus bus) => bus is Bus.Value or Bus.Block or Bus.Word;
}
