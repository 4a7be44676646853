namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// One instruction; its addresses and parameters lie in the circuit's flat code: reads, then results, then parameters. A result is the address
/// of the cell it writes, or, as the complement ~address, that of a cell written before which it must equal.
/// </summary>
/// <param name="Operation">What it does.</param>
/// <param name="Start">Where its code starts.</param>
/// <param name="Reads">Number of cells read.</param>
/// <param name="Results">Number of results.</param>
/// <param name="Parameters">Number of parameters.</param>
/// <param name="Mark">Index into the circuit's source marks.</param>
/// <param name="Name">Index into the circuit's names: what fails when the instruction does.</param>
internal readonly record struct Instruction(Operation Operation, int Start, int Reads, int Results, int Parameters, int Mark, int Name);

/// <summary>An instruction with its code and the values of all cells.</summary>
internal readonly ref struct Step(
    Instruction instruction, ReadOnlySpan<int> code, ReadOnlySpan<CellType> types, Span<Algebra.KoalaBear> cells)
{
    private readonly ReadOnlySpan<CellType> types = types;
    private readonly Span<Algebra.KoalaBear> cells = cells;

    public Instruction Instruction { get; } = instruction;

    public ReadOnlySpan<int> Reads { get; } = code.Slice(instruction.Start, instruction.Reads);

    public ReadOnlySpan<int> Results { get; } = code.Slice(instruction.Start + instruction.Reads, instruction.Results);

    public ReadOnlySpan<int> Parameters { get; } =
        code.Slice(instruction.Start + instruction.Reads + instruction.Results, instruction.Parameters);

    /// <summary>The type of the operand that tells words from blocks: the first that is no value.</summary>
    public CellType OperandType => types[Reads[0]] != CellType.Value ? types[Reads[0]] : types[Reads[1]];

    /// <summary>The value of an operand: eight limbs.</summary>
    public ReadOnlySpan<Algebra.KoalaBear> Read(int index) => cells.Slice(Reads[index] * Cells.Limbs, Cells.Limbs);

    /// <summary>The value of a result's cell: eight limbs.</summary>
    public Span<Algebra.KoalaBear> Result(int index) => cells.Slice(AddressOf(Results[index]) * Cells.Limbs, Cells.Limbs);

    /// <summary>The address of a result's cell, written or compared with.</summary>
    public static int AddressOf(int result) => result < 0 ? ~result : result;

    /// <summary>A parameter that is a field element.</summary>
    public Algebra.KoalaBear Element(int parameter) => Algebra.KoalaBear.FromCanonical((uint)Parameters[parameter]);
}
