using System.Collections.Immutable;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Symbolic;

namespace ProvingLayer.Constraints;

/// <summary>
/// An AIR table whose rows are executions of one kind of instruction. Constraints look at one row; rows are joined by the bus alone.
/// </summary>
public abstract class Chip
{
    private ChipReading? reading;

    /// <summary>The stable id; enters the machine's canonical text.</summary>
    public abstract string Name { get; }

    /// <summary>The declared maximum degree of constraints and LogUp together, 2 … 9; a chip that exceeds it is refused.</summary>
    public abstract int Degree { get; }

    /// <summary>Names of the main columns, in order. May be empty: a table of constants has none.</summary>
    public abstract ImmutableArray<string> MainColumns { get; }

    /// <summary>Names of the preprocessed columns, in order.</summary>
    public abstract ImmutableArray<string> PreprocessedColumns { get; }

    /// <summary>Whether the constraints look at the next preprocessed row.</summary>
    public virtual bool ReadsNextPreprocessedRow => false;

    /// <summary>Whether the proof holds one copy of fixed height, not repeated per instance (a lookup table).</summary>
    public virtual bool IsShared => false;

    /// <summary>The constraints as the symbolic reader found them: degrees, messages, layout of the LogUp helper columns, canonical text.</summary>
    public ChipReading Reading => reading ??= SymbolicReader.Read(this);

    /// <summary>Writes the constraints of one row.</summary>
    /// <typeparam name="T">The algebra of the reader.</typeparam>
    /// <typeparam name="TBuilder">The reader.</typeparam>
    public abstract void Constrain<T, TBuilder>(ref TBuilder builder)
        where T : struct, IRing<T>
        where TBuilder : struct, IConstraintBuilder<T>, allows ref struct;

    /// <summary>
    /// What the chip's soundness asks of its preprocessed row beyond the buses' rules (a flag is 0 or 1, a constant word has limbs below 2^16):
    /// the fault, or null. Key generation asks for every row.
    /// </summary>
    public virtual string? FaultOf(int row, ReadOnlySpan<KoalaBear> preprocessed) => null;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
