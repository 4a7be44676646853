using System.Globalization;
using ProvingLayer.Constraints.Chips;
using ProvingLayer.Constraints.Circuits;
using ProvingLayer.Constraints.Tests.Support;

namespace ProvingLayer.Constraints.Tests.Circuits;

public class Determinism
{
    [Fact]
    public void C18_bytes_texts_and_canonical_texts_are_the_same_in_every_culture_and_run()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            var expected = Everything();
            foreach (var culture in new[] { "tr-TR", "de-DE", "ar-SA", "" })
            {
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                Assert.Equal(expected, Everything());
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string[] Everything() =>
    [
        .. SampleCircuits.All().Select(sample => sample.Circuit.ToText()),
        .. SampleCircuits.All().Select(sample => Convert.ToHexString(CircuitFormat.ToBytes(sample.Circuit))),
        .. SampleCircuits.All().Select(sample => sample.Circuit.Machine.CanonicalText),
        .. ChipCatalog.All.Select(chip => chip.Reading.CanonicalText),
    ];
}
