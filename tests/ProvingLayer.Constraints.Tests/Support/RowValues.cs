using ProvingLayer.Algebra;

namespace ProvingLayer.Constraints.Tests.Support;

/// <summary>The values of a chip's constraints on a row.</summary>
internal static class RowValues
{
    public static KoalaBear OfConstraint(Chip chip, ReadOnlySpan<KoalaBear> main, ReadOnlySpan<KoalaBear> preprocessed, int constraint) =>
        Of(chip, main, preprocessed)[constraint];

    public static List<KoalaBear> Of(Chip chip, ReadOnlySpan<KoalaBear> main, ReadOnlySpan<KoalaBear> preprocessed)
    {
        var values = new List<KoalaBear>();
        var builder = new Builder(values, main, preprocessed);
        chip.Constrain<KoalaBear, Builder>(ref builder);
        return values;
    }

    private readonly ref struct Builder(List<KoalaBear> values, ReadOnlySpan<KoalaBear> main, ReadOnlySpan<KoalaBear> preprocessed)
        : IConstraintBuilder<KoalaBear>
    {
        private readonly ReadOnlySpan<KoalaBear> main = main;
        private readonly ReadOnlySpan<KoalaBear> preprocessed = preprocessed;

        public KoalaBear Instance => default;

        public KoalaBear Main(int column) => main[column];

        public KoalaBear Preprocessed(int column) => preprocessed[column];

        public KoalaBear PreprocessedNext(int column) => throw new NotSupportedException();

        public void AssertZero(KoalaBear value, string name) => values.Add(value);

        public void Send(Bus bus, MultiplicityKind kind, KoalaBear multiplicity, scoped ReadOnlySpan<KoalaBear> message, string name)
        {
        }

        public void Receive(Bus bus, MultiplicityKind kind, KoalaBear multiplicity, scoped ReadOnlySpan<KoalaBear> message, string name)
        {
        }
    }
}
