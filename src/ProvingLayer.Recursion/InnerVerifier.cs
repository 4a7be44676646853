using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;
using ProvingLayer.Recursion.Engine;
using ProvingLayer.Stark;
using ProvingLayer.Stark.Keys;
using ProvingLayer.Stark.Verification;

namespace ProvingLayer.Recursion;

/// <summary>
/// Verifies proofs inside a circuit that does other things besides. Each proof's key is a constant of the circuit, and so bound by the circuit's own; its public values are cells of
/// the circuit, which binds them to what it computes.
/// </summary>
/// <param name="builder">The circuit, of the keys' hash suite.</param>
public sealed class InnerVerifier(CircuitBuilder builder)
{
    private readonly WireRows rows = new(builder);

    /// <summary>Writes the instructions that verify one proof, of one instance.</summary>
    /// <param name="key">The key.</param>
    /// <param name="statement">The public values: blocks, eight values each.</param>
    /// <param name="firstSlot">The first input slot of the proof.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <returns>What the proof's slots hold.</returns>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key, or it has other public values.</exception>
    public InnerProofLayout Verify(VerifyingKey key, IReadOnlyList<Cell> statement, int firstSlot, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(statement);
        return Verify(key, InstanceCounts.All(key.Circuits, 0), [.. statement.SelectMany(Values)], firstSlot, options);
    }

    /// <summary>Writes the instructions that verify one proof of a history.</summary>
    /// <remarks>
    /// That the steps are not more than the instances needs no row: the history's edges, of which each instance is one at most, lead from level 0 to the level that is stated, one level each.
    /// </remarks>
    /// <param name="key">The key of the histories.</param>
    /// <param name="instances">How often each transition is in the proof.</param>
    /// <param name="from">The carry before the first step, a block.</param>
    /// <param name="to">The carry after the last.</param>
    /// <param name="steps">The number of steps: its low 16 bits and the others, which are fewer than 15, a value each.</param>
    /// <param name="firstSlot">The first input slot of the proof.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <returns>What the proof's slots hold.</returns>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key and these instances, or it is of no histories.</exception>
    public InnerProofLayout VerifyHistory(VerifyingKey key, InstanceCounts instances, Cell from, Cell to, (Cell Low, Cell High) steps, int firstSlot, VerifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(instances);
        if (!key.IsHistory)
            throw new ArgumentException("The key is of no histories.", nameof(key));
        var count = rows.WireOf(steps.Low) + Wire.Scale(rows.WireOf(steps.High), KoalaBear.FromCanonical(1 << 16));
        return Verify(key, instances, [.. Values(from), .. Values(to), count], firstSlot, options);
    }

    /// <summary>
    /// Writes the instructions that verify one proof of any of a set of programs, brought into the shape by a <see cref="LeafWrap"/>. The keys are constants of the circuit, and so bound by
    /// its own; which of them it is, is a witness that nothing else shows. One choice gives the wrap's key, the program's key and its digest together: so no program's proof
    /// passes as another's.
    /// </summary>
    /// <param name="shape">The shape.</param>
    /// <param name="programs">The programs, 1 to 8, all of them with 24 public values: the program's digest, those of arguments and result.</param>
    /// <param name="arguments">The digest of the arguments, a block.</param>
    /// <param name="result">The digest of the result, a block.</param>
    /// <param name="firstSlot">The first input slot of the proof.</param>
    /// <returns>What the proof's slots hold.</returns>
    /// <exception cref="ArgumentException">The programs are none or too many, have other public values or are of another hash suite.</exception>
    public AnyProofLayout VerifyAny(RecursionShape shape, ImmutableArray<SetProgram> programs, Cell arguments, Cell result, int firstSlot)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (programs.Length is 0 or > Cells.Limbs)
            throw new ArgumentException($"A set has 1 to {Cells.Limbs} programs.", nameof(programs));
        if (programs.Any(program => program.Key.StatementCount != 3 * Digest.Length || program.Key.SuiteId != shape.SuiteId || program.Key.IsHistory))
            throw new ArgumentException("A program of the set has other public values, or another hash suite.", nameof(programs));
        var selector = new Selector(rows, builder.Input(CellType.Block, firstSlot), programs.Length);
        Wire[] publicValues = [.. selector.Of([.. programs.Select(program => program.ProgramId)]).Elements, .. Values(arguments), .. Values(result)];
        var leaf = LeafStatement.Of(rows, selector.Of([.. programs.Select(program => program.Key.Digest)]), publicValues);
        var said = new StatementCells(builder.ConstantBlock(default(Digest).AsSpan()), leaf, null);
        var key = ChildKey.OneOf([.. programs.Select(program => shape.KeyOf(program.WrapRoot))], selector);
        return new(shape, programs, new(rows, key, InstanceCounts.All(key.Shape.Circuits, 0), [.. Values(said.Digest(rows))], firstSlot + 1));
    }

    private InnerProofLayout Verify(VerifyingKey key, InstanceCounts instances, Wire[] values, int firstSlot, VerifierOptions? options)
    {
        if (ChildVerifier.FaultOf(key, instances, options ?? VerifierOptions.Default) is { } fault)
            throw new ArgumentException(fault, nameof(key));
        if (key.StatementCount != values.Length)
            throw new ArgumentException("The key has another number of public values.", nameof(values));
        return new(key, new(rows, ChildKey.Known(rows, key), instances, values, firstSlot));
    }

    private IEnumerable<Wire> Values(Cell block) => builder.Spread(block).Select(rows.WireOf);
}

/// <summary>How a proof of a key is laid out in the input slots of a circuit that verifies it.</summary>
public sealed class InnerProofLayout
{
    private readonly VerifyingKey key;
    private readonly ChildVerifier verifier;

    internal InnerProofLayout(VerifyingKey key, ChildVerifier verifier) => (this.key, this.verifier) = (key, verifier);

    /// <summary>Input slots, blocks all of them.</summary>
    public int Slots => verifier.Slots;

    /// <summary>The layout for a key, whatever circuit verifies its proofs.</summary>
    /// <param name="key">The key.</param>
    /// <param name="options">What to allow beyond the default.</param>
    /// <param name="instances">Of a history, how often each transition is in the proof.</param>
    /// <exception cref="ArgumentException">The verifier would refuse every proof of this key.</exception>
    public static InnerProofLayout Of(VerifyingKey key, VerifierOptions? options = null, InstanceCounts? instances = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        var builder = new CircuitBuilder(key.SuiteId, hasWords: false);
        if (instances is not null)
        {
            var (from, to) = (builder.Input(CellType.Block, 0), builder.Input(CellType.Block, 1));
            return new InnerVerifier(builder).VerifyHistory(key, instances, from, to, (builder.Input(CellType.Value, 2), builder.Input(CellType.Value, 3)), 4, options);
        }

        var blocks = Enumerable.Range(0, key.StatementCount / Digest.Length).Select(i => builder.Input(CellType.Block, i)).ToArray();
        return new InnerVerifier(builder).Verify(key, blocks, blocks.Length, options);
    }

    /// <summary>The slots' values for a proof; null if the parts of the proof do not have the lengths that the key gives them.</summary>
    /// <remarks>Whether the proof holds is what the circuit checks.</remarks>
    /// <param name="publicValues">What the proof states.</param>
    /// <param name="proof">The proof.</param>
    public CellValue[]? WitnessOf(ReadOnlySpan<KoalaBear> publicValues, Proof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        return verifier.WitnessOf(key, publicValues, proof);
    }
}
