using ProvingLayer.Algebra;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Execution;

namespace ProvingLayer.Constraints.Checking;

/// <summary>What one row says: the constraints it violates and the messages it sends (+) and receives (−).</summary>
internal sealed class RowFindings
{
    public List<string> Violations { get; } = [];

    public List<(BusMessage Message, KoalaBear Multiplicity, string Name)> Messages { get; } = [];

    public void Clear()
    {
        Violations.Clear();
        Messages.Clear();
    }
}

/// <summary>Reads a chip's constraints on one row of values.</summary>
internal static class RowChecker
{
    public static void Read(Circuit circuit, Trace trace, int table, int row, RowFindings findings)
    {
        findings.Clear();
        var (chip, preprocessed, period) = (circuit.Tables[table].Chip, circuit.Tables[table].Preprocessed, circuit.Tables[table].Period);
        var builder = new Builder(
            findings,
            KoalaBear.FromCanonical((uint)(chip.IsShared ? 0 : row / period)),
            trace.Main[table].Row(row),
            preprocessed.Row(row % period),
            preprocessed.Row((row + 1) % period));
        chip.Constrain<KoalaBear, Builder>(ref builder);
    }

    private readonly ref struct Builder(
        RowFindings findings,
        KoalaBear instance,
        ReadOnlySpan<KoalaBear> main,
        ReadOnlySpan<KoalaBear> preprocessed,
        ReadOnlySpan<KoalaBear> preprocessedNext) : IConstraintBuilder<KoalaBear>
    {
        private readonly ReadOnlySpan<KoalaBear> main = main;
        private readonly ReadOnlySpan<KoalaBear> preprocessed = preprocessed;
        private readonly ReadOnlySpan<KoalaBear> preprocessedNext = preprocessedNext;

        public KoalaBear Instance => instance;

        public KoalaBear Main(int column) => main[column];

        public KoalaBear Preprocessed(int column) => preprocessed[column];

        public KoalaBear PreprocessedNext(int column) => preprocessedNext[column];

        public void AssertZero(KoalaBear value, string name)
        {
            if (!value.IsZero)
                findings.Violations.Add(name);
        }

        public void Send(Bus bus, MultiplicityKind kind, KoalaBear multiplicity, scoped ReadOnlySpan<KoalaBear> values, string name)
        {
            if (!multiplicity.IsZero)
                findings.Messages.Add((new(bus, values), multiplicity, name));
        }

        public void Receive(Bus bus, MultiplicityKind kind, KoalaBear multiplicity, scoped ReadOnlySpan<KoalaBear> values, string name)
        {
            if (!multiplicity.IsZero)
                findings.Messages.Add((new(bus, values), -multiplicity, name));
        }
    }
}
