namespace ProvingLayer.Algebra.Transforms;

/// <summary>Which power of a subgroup's generator a row belongs to.</summary>
public enum RowOrder
{
    /// <summary>Row i holds the values at shift·ωⁱ.</summary>
    Natural,

    /// <summary>Row i holds the values at shift·ω^rev(i), rev the reversal of the index's bits: as Merkle trees and FRI store rows.</summary>
    BitReversed,
}
