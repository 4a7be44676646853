using ProvingLayer.Algebra;
using ProvingLayer.Stark.Proving;

namespace ProvingLayer.Stark.Tests.Proving;

/// <summary>Columns on one more coset of the trace domain are the rows that follow the first half of an extension to twice as many points.</summary>
public class CommittedColumnsTests
{
    [Theory]
    [InlineData(6, 0)]
    [InlineData(6, 13)]
    [InlineData(6, 64)]
    [InlineData(4, 69)] // more random coefficients than rows
    public void A_coset_is_a_part_of_the_extension(int logHeight, int random)
    {
        using var buffers = new BufferLease();
        var columns = new CommittedColumns(Numbers(1 << logHeight), random == 0 ? null : Numbers(random), buffers);
        const int LogDomain = 10;
        var extension = columns.Extend(LogDomain);
        var coset = columns.OnCoset(KoalaBear.Generator * KoalaBear.TwoAdicRoot(LogDomain));
        Assert.Equal(1 << logHeight, coset.Height);
        for (var row = 0; row < coset.Height; row++)
            Assert.Equal(extension.Row((1 << (LogDomain - 1)) + row).ToArray(), coset.Row(row).ToArray());
    }

    private static Matrix Numbers(int height)
    {
        var matrix = new Matrix(height, 3);
        for (var i = 0; i < matrix.Data.Length; i++)
            matrix.Data[i] = KoalaBear.FromCanonical((uint)(((i + 1) * 2_654_435_761L) % KoalaBear.Modulus));
        return matrix;
    }
}
