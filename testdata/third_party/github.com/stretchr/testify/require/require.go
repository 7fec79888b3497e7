// Package require declares what the testdata needs of testify's package of this name.
package require

type TestingT interface {
	Errorf(format string, args ...any)
	FailNow()
}

type Assertions struct{ t TestingT }

func New(t TestingT) *Assertions { return &Assertions{t} }

func (a *Assertions) NoError(err error, msgAndArgs ...any) { NoError(a.t, err, msgAndArgs...) }

func (a *Assertions) Equal(expected, actual any, msgAndArgs ...any) {
	Equal(a.t, expected, actual, msgAndArgs...)
}

func NoError(t TestingT, err error, msgAndArgs ...any) {
	if err != nil {
		t.Errorf("%v", err)
		t.FailNow()
	}
}

func Equal(t TestingT, expected, actual any, msgAndArgs ...any) {
	if expected != actual {
		t.Errorf("%v is not %v", expected, actual)
		t.FailNow()
	}
}
