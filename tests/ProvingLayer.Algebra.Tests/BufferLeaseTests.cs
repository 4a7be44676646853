namespace ProvingLayer.Algebra.Tests;

public class BufferLeaseTests
{
    private const int Length = 123_457; // nobody else's

    [Fact]
    public void What_was_given_back_is_lent_again_and_to_one_at_a_time()
    {
        uint[] first, second;
        using (var lease = new BufferLease())
        {
            first = lease.Array<uint>(Length);
            second = lease.Array<uint>(Length);
            Assert.NotSame(first, second);
            Assert.Equal(Length, first.Length);
        }

        using (var lease = new BufferLease())
        {
            var again = new HashSet<uint[]>(ReferenceEqualityComparer.Instance) { lease.Array<uint>(Length), lease.Array<uint>(Length) };
            Assert.True(again.SetEquals([first, second]));
            Assert.DoesNotContain(lease.Array<uint>(Length), again);
            Assert.NotSame(first, lease.Array<uint>(Length - 1));
        }
    }

    [Fact]
    public void Zeros_are_zeros_whatever_lay_there()
    {
        using (var lease = new BufferLease())
            Array.Fill(lease.Array<uint>(Length), 7u);
        using (var lease = new BufferLease())
        {
            Assert.True(lease.Zeros<uint>(Length).AsSpan().IndexOfAnyExcept(0u) < 0);
            Assert.True(lease.Zeros(Length, 1).Data.AsSpan().IndexOfAnyExcept(KoalaBear.Zero) < 0);
        }
    }

    /// <summary>Many lengths that are asked for once do not keep out those that come after.</summary>
    [Fact]
    public void No_more_is_kept_than_the_limit_and_what_came_last_is()
    {
        const int Part = (int)(BufferLease.MostKept / 8 / sizeof(ulong));
        ulong[] last = [];
        for (var i = 0; i < 20; i++)
        {
            using var lease = new BufferLease();
            last = lease.Array<ulong>(Part + i);
        }

        Assert.InRange(BufferLease.Kept, 1, BufferLease.MostKept);
        using var again = new BufferLease();
        Assert.Same(last, again.Array<ulong>(last.Length));
        Assert.NotNull(again.Array<uint>((int)(2 * BufferLease.MostKept / sizeof(uint)))); // may be had, is not kept
    }
}
