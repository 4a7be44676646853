using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Checking;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Tests.Support;

/// <summary>Changing traces and looking at what the checker says.</summary>
internal static class Traces
{
    public static Trace Copy(this Trace trace) =>
        new([.. trace.Main.Select(m => new Matrix([.. m.Data], m.Height, m.Width))], trace.PublicValues, trace.LogInstances);

    public static int Table(this Circuit circuit, string chip)
    {
        for (var i = 0; i < circuit.Tables.Length; i++)
        {
            if (circuit.Tables[i].Chip.Name == chip)
                return i;
        }

        throw new ArgumentException($"The circuit does not use {chip}.");
    }

    public static int Column(this Chip chip, string name) =>
        chip.MainColumns.IndexOf(name) is >= 0 and var column ? column : throw new ArgumentException($"{chip} has no column {name}.");

    public static int PreprocessedColumn(this Chip chip, string name) =>
        chip.PreprocessedColumns.IndexOf(name) is >= 0 and var column ? column : throw new ArgumentException($"{chip} has no column {name}.");

    /// <summary>Gives the byte table the counts that the look-ups of the trace have; values of 2^8 or more stay unanswered.</summary>
    public static void RecountBytes(this Trace trace, Circuit circuit)
    {
        var bytes = circuit.Table("byte");
        Array.Clear(trace.Main[bytes].Data);
        var findings = new RowFindings();
        for (var table = 0; table < circuit.Tables.Length; table++)
        {
            for (var row = 0; table != bytes && row < trace.Main[table].Height; row++)
            {
                RowChecker.Read(circuit, trace, table, row, findings);
                foreach (var (message, multiplicity, _) in findings.Messages)
                {
                    if (message.Bus == Bus.Byte && message[0].Canonical < 256)
                    {
                        var byteValue = (int)message[0].Canonical;
                        trace.Main[bytes][byteValue % 128, byteValue / 128] -= multiplicity;
                    }
                }
            }
        }
    }

    public static KoalaBear Element(long value) =>
        value < 0 ? -KoalaBear.FromCanonical((uint)-value) : KoalaBear.FromCanonical((uint)value);
}
