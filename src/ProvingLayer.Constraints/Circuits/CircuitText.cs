using System.Globalization;
using System.Text;
using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Circuits;

/// <summary>
/// A circuit's text: one line an instruction, cells named by type (v, b, w) and address, a result that must equal an older cell marked with =,
/// source marks where they change, then outputs and tables. Stable: goldens hold it.
/// </summary>
internal static class CircuitText
{
    public static string Of(Circuit circuit)
    {
        var text = new StringBuilder();
        Line(text, $"circuit: {circuit.InputCount} inputs, {circuit.PublicCount} public values, {circuit.CellCount} cells");
        var mark = 0;
        foreach (var instruction in circuit.Instructions)
        {
            if (instruction.Mark != mark && instruction.Operation != Operation.Constant) // constants are shared and have none
            {
                mark = instruction.Mark;
                Line(text, $"; {Escape(circuit.Marks[mark].ToString())}");
            }

            Write(text, circuit, instruction);
        }

        foreach (var output in circuit.Outputs)
            Line(text, $"output {Escape(output.Name)}: {string.Join(", ", output.Cells.Select(cell => Name(cell.Address, cell.Type)))}");
        foreach (var table in circuit.Tables)
            Line(text, $"table {table.Chip.Name}: {table.UsedRows} of {table.Period} rows");
        return text.ToString();
    }

    private static void Write(StringBuilder text, Circuit circuit, in Instruction instruction)
    {
        var step = new Step(instruction, circuit.Code.AsSpan(), circuit.CellTypes.AsSpan(), default);
        text.Append("  ");
        for (var i = 0; i < step.Results.Length; i++)
        {
            var address = Step.AddressOf(step.Results[i]);
            text.Append(i == 0 ? "" : ", ").Append(step.Results[i] < 0 ? "=" : "").Append(Name(address, circuit.CellTypes[address]));
        }

        text.Append(step.Results.IsEmpty ? "" : " = ").Append(Name(instruction.Operation));
        for (var i = 0; i < step.Reads.Length; i++)
            text.Append(i == 0 ? " " : ", ").Append(Name(step.Reads[i], circuit.CellTypes[step.Reads[i]]));
        WriteParameters(text, instruction.Operation, step.Parameters);
        if (instruction.Operation is not (Operation.Constant or Operation.Input or Operation.Witness))
            text.Append("  \"").Append(Escape(circuit.Names[instruction.Name])).Append('"');
        text.Append('\n');
    }

    private static void WriteParameters(StringBuilder text, Operation operation, ReadOnlySpan<int> parameters)
    {
        switch (operation)
        {
            case Operation.Constant:
                text.Append(' ').Append(ConstantOf(parameters));
                return;
            case Operation.Input or Operation.Witness:
                text.Append(' ').Append(TypeName(parameters[0]));
                parameters = parameters[1..];
                break;
            case Operation.Advise or Operation.AdviseWitness:
                text.Append(' ').Append(((AdviceKind)parameters[0]).ToString().ToLowerInvariant());
                parameters = parameters.Slice(2, parameters[1]);
                break;
        }

        if (parameters.IsEmpty)
            return;
        text.Append(" [");
        for (var i = 0; i < parameters.Length; i++)
            text.Append(i == 0 ? "" : " ").Append(Number(parameters[i]));
        text.Append(']');
    }

    private static string ConstantOf(ReadOnlySpan<int> parameters)
    {
        Span<KoalaBear> limbs = stackalloc KoalaBear[Cells.Limbs];
        for (var i = 0; i < limbs.Length; i++)
            limbs[i] = KoalaBear.FromCanonical((uint)parameters[1 + i]);
        return CellValue.Of((CellType)parameters[0], limbs).ToString();
    }

    // Coefficients such as −1 read better so.
    private static string Number(int parameter) =>
        (parameter > KoalaBear.Modulus / 2 ? parameter - (long)KoalaBear.Modulus : parameter).ToString(CultureInfo.InvariantCulture);

    private static string Name(int address, CellType type) =>
        TypeName((int)type)[0] + address.ToString(CultureInfo.InvariantCulture);

    private static string TypeName(int type) => (CellType)type switch { CellType.Value => "value", CellType.Block => "block", _ => "word" };

    private static string Name(Operation operation) => operation.ToString().ToLowerInvariant();

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
