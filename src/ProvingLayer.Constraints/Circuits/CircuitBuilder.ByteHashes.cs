using System.Collections.Immutable;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>Words as bits: the rows that the byte hashes of other systems are made of.</summary>
public sealed partial class CircuitBuilder
{
    /// <summary>The exclusive or of two words.</summary>
    public Cell ExclusiveOr(Cell a, Cell b) => Append(Operation.ExclusiveOr, [a, b], [], [], "exclusive or")[0];

    /// <summary>One round of Keccak-f[1600] on a state of thirteen words: <see cref="Operation.KeccakRound"/>.</summary>
    public ImmutableArray<Cell> KeccakRound(ReadOnlySpan<Cell> state, int round) => Append(Operation.KeccakRound, state, [], [round], "round of Keccak");

    /// <summary>Four rounds of SHA-256: <see cref="Operation.Sha256Rounds"/>.</summary>
    public ImmutableArray<Cell> Sha256Rounds(ReadOnlySpan<Cell> operands, int row) => Append(Operation.Sha256Rounds, operands, [], [row], "rounds of SHA-256");

    /// <summary>The chaining value behind a compression, and its bytes: <see cref="Operation.Sha256Sum"/>.</summary>
    public ImmutableArray<Cell> Sha256Sum(Cell value0, Cell value1, Cell state0, Cell state1) =>
        Append(Operation.Sha256Sum, [value0, value1, state0, state1], [], [], "sum of SHA-256");
}
