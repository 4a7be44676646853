using System.Collections.Immutable;
using ProvingLayer.Language.Symbols;

namespace ProvingLayer.Language.Types;

/// <summary><c>proof&lt;S&gt;</c>: a proof of the statement S, of one of a set of statements, or of a history, a private argument of transitions and statements. <c>verify</c> alone reads it.</summary>
/// <param name="Claim">S.</param>
public sealed record ProofType(ClaimSymbol Claim) : TenorType
{
    /// <summary>
    /// Of a history, how many steps of each transition the proof has room for, 0 where it has none: a circuit verifies proofs of one form, and that is it. Two types that differ in nothing
    /// else are the same.
    /// </summary>
    public ImmutableArray<int> Room { get; init; } = ImmutableArray<int>.Empty;

    /// <inheritdoc/>
    public override string Name => $"proof<{Claim.Name}>";

    /// <inheritdoc/>
    public override string Identity => $"proof<{Claim.QualifiedName}>";

    /// <inheritdoc/>
    public override long Cells { get; } = Math.Max(1, Claim.Inputs.Sum(i => i.Type.Cells) + Claim.ResultType.Cells);

    /// <inheritdoc/>
    public override int Depth { get; } = Claim.Inputs.Select(i => i.Type.Depth).Append(Claim.ResultType.Depth).Max() + 1;

    /// <inheritdoc/>
    public bool Equals(ProofType? other) => other is not null && Claim.QualifiedName == other.Claim.QualifiedName;

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Claim.QualifiedName);
}
