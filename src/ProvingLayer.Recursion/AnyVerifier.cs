using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>A program of a set, any of which a circuit takes a proof of.</summary>
/// <param name="Key">Its key.</param>
/// <param name="ProgramId">The first eight public values of its proofs.</param>
/// <param name="WrapRoot">The commitment to the preprocessed columns of the circuit of the shape that verifies its proofs: <see cref="LeafWrap.PreprocessedRoot"/>.</param>
public sealed record SetProgram(VerifyingKey Key, Digest ProgramId, Digest WrapRoot);

/// <summary>
/// Brings proofs of a key into the shape, where those of all programs look alike: what <see cref="InnerVerifier.VerifyAny"/> takes. The statement is that of an aggregate of one
/// leaf, under no key set: its vkRoot is zero, which no set's is, so no part of an aggregate stands for one of these, nor the other way round.
/// </summary>
public sealed class LeafWrap
{
    private readonly LeafProver prover;
    private readonly RecursionShape shape;

    private LeafWrap(RecursionShape shape, LeafProver prover) => (this.shape, this.prover) = (shape, prover);

    /// <summary>The commitment to the preprocessed columns of the circuit: with the shape, its key.</summary>
    public Digest PreprocessedRoot => prover.Key.VerifyingKey.PreprocessedRoots[0];

    /// <summary>The circuit and its proving key.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="key">The leaf's key.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key, or it is too wide for the shape.</exception>
    public static LeafWrap Create(RecursionShape shape, VerifyingKey key, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(key);
        return new(shape, LeafProver.Create(shape, new(key, InstanceCounts.All(key.Circuits, 0)), isLink: false, options ?? VerifierOptions.Default));
    }

    /// <summary>A proof of the shape that a leaf holds; null if it does not.</summary>
    /// <param name="publicValues">What the leaf states.</param>
    /// <param name="proof">The leaf.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public Proof? Prove(ReadOnlySpan<KoalaBear> publicValues, Proof proof, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return prover.Prove(default, publicValues, proof, shape.SuiteId, cancellation)?.Proof;
    }
}

/// <summary>How a proof of any of a set of programs, wrapped, is laid out in the input slots of a circuit that verifies it: a block that says which, then the proof.</summary>
public sealed class AnyProofLayout
{
    private readonly RecursionShape shape;
    private readonly ImmutableArray<SetProgram> programs;
    private readonly ChildVerifier verifier;

    internal AnyProofLayout(RecursionShape shape, ImmutableArray<SetProgram> programs, ChildVerifier verifier) => (this.shape, this.programs, this.verifier) = (shape, programs, verifier);

    /// <summary>Input slots, blocks all of them.</summary>
    public int Slots => verifier.Slots + 1;

    /// <summary>The layout for a set, whatever circuit verifies its proofs.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="programs">The programs, in their order.</param>
    /// <exception cref="ArgumentException">The set is none that a circuit verifies.</exception>
    public static AnyProofLayout Of(RecursionShape shape, ImmutableArray<SetProgram> programs)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var builder = new Constraints.Circuits.CircuitBuilder(shape.SuiteId, hasWords: false);
        return new InnerVerifier(builder).VerifyAny(shape, programs, builder.Input(CellType.Block, 0), builder.Input(CellType.Block, 1), 2);
    }

    /// <summary>The slots' values for a proof; null if its parts do not have the shape's lengths.</summary>
    /// <remarks>Whether the proof holds is what the circuit checks.</remarks>
    /// <param name="program">The program's place in the set.</param>
    /// <param name="publicValues">What the leaf states.</param>
    /// <param name="wrapped">The leaf, wrapped.</param>
    public CellValue[]? WitnessOf(int program, ReadOnlySpan<KoalaBear> publicValues, Proof wrapped)
    {
        ArgumentNullException.ThrowIfNull(wrapped);
        var statement = new AggregateStatement(default, LeafStatement.Of(programs[program].Key, publicValues)).ToDigest(shape.SuiteId);
        return verifier.WitnessOf(shape.KeyOf(programs[program].WrapRoot), statement.AsSpan(), wrapped) is { } blocks ? [CellValue.Block(Selector.Choose(program)), .. blocks] : null;
    }
}
