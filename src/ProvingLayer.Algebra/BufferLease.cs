using System.Runtime.CompilerServices;

namespace ProvingLayer.Algebra;

/// <summary>
/// Arrays borrowed for one computation and given back together when it ends, so that the next computation of the same shape allocates nothing large: a proof takes the arrays that the proof before it had.
/// Not for several threads at once. Only what is borrowed here may be given back; nobody may keep it beyond that.
/// </summary>
public sealed class BufferLease : IDisposable
{
    /// <summary>Bytes that wait for their next use, at most. Where more would, all that wait are left to the garbage collector: lengths that nobody asks for any more do not fill the shelves for ever.</summary>
    public const long MostKept = 256L << 20;

    // Smaller ones are cheap, and of many lengths.
    private const int LeastBytes = 16 << 10;

    private static readonly List<Action> Shelves = [];
    private static long kept;

    private readonly List<Action> returns = [];

    /// <summary>Bytes that wait for their next use.</summary>
    public static long Kept => Interlocked.Read(ref kept);

    /// <summary>An array whose elements are undefined: every one must be written.</summary>
    /// <typeparam name="T">Element.</typeparam>
    /// <param name="length">Its exact length.</param>
    public T[] Array<T>(int length)
        where T : unmanaged
    {
        if (length < LeastBytes / Shelf<T>.ElementBytes)
            return GC.AllocateUninitializedArray<T>(length);
        var array = Shelf<T>.Take(length) ?? GC.AllocateUninitializedArray<T>(length);
        returns.Add(() => Shelf<T>.PutBack(array));
        return array;
    }

    /// <summary>An array of zeros.</summary>
    /// <typeparam name="T">Element.</typeparam>
    /// <param name="length">Its exact length.</param>
    public T[] Zeros<T>(int length)
        where T : unmanaged
    {
        var array = Array<T>(length);
        System.Array.Clear(array);
        return array;
    }

    /// <summary>A matrix whose elements are undefined: every one must be written.</summary>
    public Matrix Matrix(int height, int width) => new(Array<KoalaBear>(checked(height * width)), height, width);

    /// <summary>A matrix of zeros.</summary>
    public Matrix Zeros(int height, int width) => new(Zeros<KoalaBear>(checked(height * width)), height, width);

    /// <summary>Gives everything back.</summary>
    public void Dispose()
    {
        foreach (var giveBack in returns)
            giveBack();
        returns.Clear();
    }

    private static void LeaveAll()
    {
        Action[] shelves;
        lock (Shelves)
            shelves = [.. Shelves];
        foreach (var leave in shelves)
            leave();
    }

    private static class Shelf<T>
        where T : unmanaged
    {
        private static readonly Dictionary<int, Stack<T[]>> ByLength = [];

        static Shelf()
        {
            lock (Shelves)
                Shelves.Add(Leave);
        }

        public static int ElementBytes { get; } = Unsafe.SizeOf<T>();

        public static T[]? Take(int length)
        {
            lock (ByLength)
            {
                if (!ByLength.TryGetValue(length, out var arrays) || !arrays.TryPop(out var array))
                    return null;
                Interlocked.Add(ref kept, -BytesOf(array));
                return array;
            }
        }

        public static void PutBack(T[] array)
        {
            var bytes = BytesOf(array);
            if (Kept + bytes > MostKept)
                LeaveAll();
            lock (ByLength)
            {
                if (Interlocked.Add(ref kept, bytes) > MostKept)
                {
                    Interlocked.Add(ref kept, -bytes);
                    return;
                }

                if (!ByLength.TryGetValue(array.Length, out var arrays))
                    ByLength.Add(array.Length, arrays = new());
                arrays.Push(array);
            }
        }

        private static void Leave()
        {
            lock (ByLength)
            {
                Interlocked.Add(ref kept, -ByLength.Values.Sum(arrays => arrays.Sum(BytesOf)));
                ByLength.Clear();
            }
        }

        private static long BytesOf(T[] array) => (long)array.Length * ElementBytes;
    }
}
